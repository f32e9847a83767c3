import type * as pulumi from "@pulumi/pulumi";
import { type BrokerSource } from "../compute/triggers/event-sources";
import { type Network } from "../network/network";
import { type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { type ObservedBroker, type ObservedStore } from "../visibility/alarms/observed";
import { type BrokerEngine, type QueueGrant } from "./broker-checks";
import { SharedPassage } from "./shared-passage";
import { readStoreSecret } from "./store-secret";

/** A user's login to a broker. */
export interface BrokerLogin {
  /** Secret with the keys `username` and `password`. */
  readonly secretArn: pulumi.Input<string>;
  /** Key the secret is encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** What must exist before the login works. */
  readonly ready?: readonly pulumi.Resource[];
}

/** What is known of a broker that exists already. */
export interface MessageBrokerIds {
  readonly engine: BrokerEngine;
  /** What a client connects to, such as `failover:(ssl://…:61617)`. */
  readonly url: pulumi.Input<string>;
  /** ARN of a broker of Amazon MQ; absent for one that a team runs itself, which starts no function. */
  readonly brokerArn?: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Port of the broker. Default: that of Amazon MQ, 61617 for OpenWire and 5671 for AMQP 0-9-1, both with TLS. */
  readonly port?: number;
  readonly login: BrokerLogin;
}

/** A queue that services can be bound to. */
export interface BrokerQueue extends ObservedStore {
  readonly queue: string;
}

/** Ports of Amazon MQ with TLS (developer guide, "Connecting to your broker", 2026-11). */
const PORTS: Readonly<Record<BrokerEngine, number>> = { activemq: 61_617, rabbitmq: 5_671 };

type Ids = Omit<MessageBrokerIds, "login"> & { readonly login: (service: string) => BrokerLogin };

/** What a service may do with queues, and how it gets to the broker; the same for a created and an adopted one. */
export class BrokerAccess {
  private readonly passage: SharedPassage;

  constructor(
    private readonly name: string,
    private readonly ids: Ids,
    parent: pulumi.Resource,
    private readonly ready: readonly pulumi.Resource[],
    private readonly observed?: ObservedBroker,
  ) {
    const port = ids.port ?? PORTS[ids.engine];
    this.passage = new SharedPassage({ name, securityGroupId: ids.securityGroupId }, port, parent);
  }

  /** @param granted whether the broker knows that the service may do this. Default: yes. */
  queue(queue: string, granted: (service: string, access: QueueGrant["access"]) => boolean = () => true): BrokerQueue {
    const { name, observed: broker, ids } = this;
    return {
      queue,
      observed: broker ? { kind: "broker-queue", name: `${name}-${queue}`, queue, broker } : { kind: "adopted", name, what: ids.engine },
      bind: (consumer, access) => {
        if ((access !== "publish" && access !== "consume") || !granted(consumer.name, access))
          throw new Error(`${consumer.name} cannot ${access} queue ${queue} of broker ${name}; grant publish or consume`);
        return this.bind(queue, consumer, access);
      },
    };
  }

  source(queue: string, service: string, network: Network): BrokerSource {
    const { brokerArn, engine } = this.ids;
    if (brokerArn === undefined) throw new Error(`broker ${this.name} is not on Amazon MQ, so queue ${queue} starts no function`);
    const { secretArn, keyArn } = this.ids.login(service);
    this.passage.openToPollers(network);
    return { kind: engine, brokerArn, queue, secretArn, keyArn };
  }

  private bind(queue: string, consumer: Consumer, access: BoundAccess): Binding {
    const prefix = variablePrefix(queue, "QUEUE");
    const login = this.ids.login(consumer.name);
    return {
      to: queue,
      kind: this.ids.engine,
      access,
      variables: {
        [prefix]: queue,
        [`${prefix}_BROKER_URL`]: this.ids.url,
        [`${prefix}_SECRET_ARN`]: login.secretArn,
      },
      statements: readStoreSecret(login),
      ready: [...this.passage.open(consumer), ...this.ready, ...(login.ready ?? [])],
    };
  }
}
