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

const API = "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html";

/** Which engine each way to deploy is for, and how many subnets it takes; absent: any number. */
export const MQ_MODES: Readonly<
  Record<string, { readonly engines: readonly string[]; readonly subnets?: number; readonly source: string; readonly date: string }>
> = {
  SINGLE_INSTANCE: { engines: ["ActiveMQ", "RabbitMQ"], subnets: 1, source: API, date: "2026-11" },
  ACTIVE_STANDBY_MULTI_AZ: { engines: ["ActiveMQ"], subnets: 2, source: API, date: "2026-11" },
  CLUSTER_MULTI_AZ: { engines: ["RabbitMQ"], source: API, date: "2026-11" },
};

/** What user names and passwords look like, and names RabbitMQ keeps. */
export const MQ_LOGIN = {
  username: /^[A-Za-z0-9\-._~]+$/,
  forbidden: /[,:=]/,
  different: 4,
  reserved: ["guest"],
  source: "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html",
  date: "2026-11",
} as const;

/** Versions whose patches Amazon MQ chooses: named by two numbers, with minor upgrades on. Those before them have ended. */
export const MQ_MANAGED_VERSIONS = {
  ActiveMQ: { first: [5, 18], newest: [5, 19] },
  RabbitMQ: { first: [3, 13], newest: [4, 2] },
  source: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html",
  date: "2026-11",
} as const;

/** Families of instances: burstable ones carry no cluster, and RabbitMQ 4 runs on one family alone. */
export const MQ_FAMILIES = {
  burstable: /^mq\.t\d/,
  rabbitMq4: /^mq\.m7g\./,
  blockStorage: /^mq\.m5\./,
  source: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-instance-types.html",
  date: "2026-11",
} as const;
