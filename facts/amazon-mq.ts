import { type Fact } from "./row";

/** An engine of Amazon MQ. */
export interface MqEngine extends Fact {
  /** As the API spells it. */
  readonly engineType: "ActiveMQ" | "RabbitMQ";
  /** Major and minor version; Amazon MQ chooses the patch. */
  readonly version: string;
  /** Instance types it runs on. */
  readonly instances: readonly string[];
  /** Those of them that are too small for more than one instance, or burstable. */
  readonly smallInstances: readonly string[];
}

/** Engines a queue can be carried by. */
export const MQ_ENGINES = {
  activemq: {
    engineType: "ActiveMQ",
    version: "5.18",
    instances: ["mq.t3.micro", "mq.m5.large", "mq.m5.xlarge", "mq.m5.2xlarge", "mq.m5.4xlarge"],
    smallInstances: ["mq.t3.micro"],
    source: "Amazon MQ developer guide, 'Managing Amazon MQ for ActiveMQ engine versions' and 'Broker instance types'",
    date: "2026-11",
  },
  rabbitmq: {
    engineType: "RabbitMQ",
    version: "4.2",
    // RabbitMQ 4 runs on no other family.
    instances: ["mq.m7g.medium", "mq.m7g.large", "mq.m7g.xlarge", "mq.m7g.2xlarge", "mq.m7g.4xlarge"],
    smallInstances: ["mq.m7g.medium"],
    source: "Amazon MQ developer guide, 'Managing Amazon MQ for RabbitMQ engine versions' and 'RabbitMQ 4'",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, MqEngine>>;

/** What Amazon MQ allows. */
export const MQ_LIMITS = {
  brokerName: { value: 50, source: "Amazon MQ API reference, CreateBroker", date: "2026-11" },
  username: { least: 2, most: 100, source: "Amazon MQ API reference, User", date: "2026-11" },
  /** Users of one ActiveMQ broker. */
  users: { value: 250, source: "Amazon MQ developer guide, 'Quotas in Amazon MQ'", date: "2026-11" },
  /** Characters, with at least four different ones and none of `,:=`. */
  password: { least: 12, most: 250, source: "Amazon MQ API reference, User", date: "2026-11" },
} as const;
