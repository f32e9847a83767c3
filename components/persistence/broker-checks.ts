import { MQ_ENGINES, MQ_LIMITS } from "../../facts/amazon-mq";
import { type Fault } from "../faults";

export type BrokerEngine = keyof typeof MQ_ENGINES;

/** What one service may do with one queue. */
export interface QueueGrant {
  readonly service: string;
  readonly queue: string;
  readonly access: "publish" | "consume";
}

/** What decides whether Amazon MQ takes a broker. */
export interface BrokerShape {
  readonly name: string;
  readonly durable: boolean;
  readonly engine: BrokerEngine;
  /** Such as `mq.m5.large`. */
  readonly instanceType: string;
  /** Brokers: 1, or 2 (ActiveMQ, active and standby) or 3 (RabbitMQ, a cluster). */
  readonly instances: number;
  /** Zones there are subnets in. */
  readonly zones: number;
  readonly grants: readonly QueueGrant[];
}

/** How Amazon MQ calls one broker, and several of an engine. */
const DEPLOYMENTS = {
  activemq: { instances: 2, mode: "ACTIVE_STANDBY_MULTI_AZ" },
  rabbitmq: { instances: 3, mode: "CLUSTER_MULTI_AZ" },
} as const satisfies Readonly<Record<BrokerEngine, { readonly instances: number; readonly mode: string }>>;

/** Pulumi ends physical names with a hyphen and seven digits. */
const NAME_ROOM = 8;

/** Brokers that survive the loss of a zone. */
export function instancesAcrossZones(engine: BrokerEngine): number {
  return DEPLOYMENTS[engine].instances;
}

export function deploymentMode({ engine, instances }: Pick<BrokerShape, "engine" | "instances">): string {
  return instances === 1 ? "SINGLE_INSTANCE" : DEPLOYMENTS[engine].mode;
}

/** What Amazon MQ would refuse, or take and regret. */
export function brokerFaults(key: string, shape: BrokerShape): Fault[] {
  const { name, durable, engine, instanceType, instances, zones } = shape;
  const longest = MQ_LIMITS.brokerName.value - NAME_ROOM;
  const { instances: types, smallInstances } = MQ_ENGINES[engine];
  const across = DEPLOYMENTS[engine].instances;
  const faults: Fault[] = [];
  if (name.length > longest)
    faults.push({ key, what: "has an identifier that is too long", got: name, right: `give at most ${longest} characters` });
  if (!types.some((type) => type === instanceType))
    faults.push({
      key: `${key}.instanceType`,
      what: `is an instance type that does not exist or does not fit ${MQ_ENGINES[engine].engineType}`,
      got: instanceType,
      right: `give one of ${types.join(", ")}`,
    });
  if (instances !== 1 && instances !== across)
    faults.push({
      key: `${key}.instances`,
      what: "is not a number of brokers that the engine has",
      got: instances,
      right: `give 1 or ${across}`,
    });
  if (instances > zones)
    faults.push({
      key: `${key}.instances`,
      what: "needs each broker in a zone of its own",
      got: { instances, zones },
      right: `give subnets in ${instances} zones`,
    });
  if (durable && instances === 1)
    faults.push({
      key: `${key}.instances`,
      what: "is a single point of failure in a durable environment",
      got: instances,
      right: `give ${across}`,
    });
  if ((durable || instances > 1) && smallInstances.some((type) => type === instanceType))
    faults.push({
      key: `${key}.instanceType`,
      what: "is too small for more than one broker or for a durable environment",
      got: instanceType,
      right: `give one of ${types.filter((type) => !smallInstances.some((small) => small === type)).join(", ")}`,
    });
  return [...faults, ...grantFaults(key, shape)];
}

function grantFaults(key: string, { engine, grants }: BrokerShape): Fault[] {
  const queues = [...new Set(grants.map(({ queue }) => queue))];
  const services = [...new Set(grants.map(({ service }) => service))];
  const { least, most } = MQ_LIMITS.username;
  const faults: Fault[] = services
    .filter((service) => service.length < least || service.length > most)
    .map((service) => ({
      key,
      what: "has a user whose name Amazon MQ refuses",
      got: service,
      right: `give ${least} to ${most} characters`,
    }));
  if (grants.length === 0) faults.push({ key, what: "has no queue that a service needs", right: "leave the broker out" });
  if (engine === "activemq" && services.length > MQ_LIMITS.users.value)
    faults.push({ key, what: "has more users than a broker can", got: services.length, right: `give at most ${MQ_LIMITS.users.value}` });
  // Its API makes one user, and ignores all later ones: who has that login reaches everything on the broker.
  if (engine === "rabbitmq" && queues.length > 1)
    faults.push({
      key,
      what: "has queues of several kinds behind the only login that Amazon MQ makes for RabbitMQ",
      got: queues,
      right: "give each queue a broker of its own, or use ActiveMQ",
    });
  return faults;
}
