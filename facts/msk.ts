import { type Fact } from "./row";

const GUIDE = { source: "Amazon MSK developer guide, 'Supported Apache Kafka versions' and 'KRaft mode'", date: "2026-11" } as const;
const SIZES = { source: "Amazon MSK developer guide, 'Broker types' and 'Right-size your cluster'", date: "2026-11" } as const;

/** A version of Kafka on MSK. */
export interface KafkaVersion extends Fact {
  /** As the API spells it. ZooKeeper cannot be turned into KRaft later: every version here is KRaft from the first day. */
  readonly version: `3.${number}.x.kraft`;
  /** Version of Apache Kafka it is. */
  readonly kafka: string;
  /** True when Express brokers run it. */
  readonly express: boolean;
}

/** Versions a cluster may have; topics are resources from 3.6 on. */
export const KAFKA_VERSIONS = [
  { version: "3.8.x.kraft", kafka: "3.8", express: false, ...GUIDE },
  { version: "3.9.x.kraft", kafka: "3.9", express: true, ...GUIDE },
] as const satisfies readonly KafkaVersion[];

/** The version of a new cluster. */
export const KAFKA_VERSION = KAFKA_VERSIONS[1];

/** A size of broker. */
export interface KafkaBroker extends Fact {
  readonly type: string;
  /** `express` has storage of its own that grows by itself; `standard` has EBS volumes. */
  readonly kind: "standard" | "express";
  /** True when it is burstable: fine to try things, not to keep a promise. */
  readonly burstable: boolean;
  /** Replicas of partitions a broker should hold at most. Absent: not known. */
  readonly partitions?: number;
}

/** Graviton brokers, and the smallest one there is. */
export const KAFKA_BROKERS: readonly KafkaBroker[] = [
  { type: "kafka.t3.small", kind: "standard", burstable: true, partitions: 300, ...SIZES },
  { type: "kafka.m7g.large", kind: "standard", burstable: false, partitions: 1000, ...SIZES },
  { type: "kafka.m7g.xlarge", kind: "standard", burstable: false, partitions: 1000, ...SIZES },
  { type: "kafka.m7g.2xlarge", kind: "standard", burstable: false, partitions: 2000, ...SIZES },
  { type: "kafka.m7g.4xlarge", kind: "standard", burstable: false, partitions: 4000, ...SIZES },
  ...["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"].map((size) => ({
    type: `express.m7g.${size}`,
    kind: "express" as const,
    burstable: false,
    ...SIZES,
  })),
];

/** What MSK allows. */
export const MSK_LIMITS = {
  clusterName: { value: 64, source: "Amazon MSK API reference, CreateClusterV2", date: "2026-11" },
  /** GiB of an EBS volume of a standard broker. */
  storageGib: { least: 1, most: 16_384, source: "Amazon MSK developer guide, 'Amazon MSK quota'", date: "2026-11" },
  zones: { standard: [2, 3], express: [3], source: "Amazon MSK developer guide, 'Broker types'", date: "2026-11" },
} as const;

const GUIDE_PAGE = "https://docs.aws.amazon.com/msk/latest/developerguide";

/** The name of a secret that clients sign in with. */
export const KAFKA_SECRET = { prefix: "AmazonMSK_", source: `${GUIDE_PAGE}/msk-password.html`, date: "2026-11" } as const;

/** How each line of versions is spelled; with `.kraft` behind it where it runs without ZooKeeper. */
export const KAFKA_SPELLINGS = {
  versions: /^(?:(?:[12]\.\d|3\.[0-6])\.\d(?:\.\d)?(?:\.tiered)?|3\.[789]\.x|3\.[789]\.x\.kraft|[4-9]\.\d+\.x(?:\.kraft)?)$/,
  /** Lines of which MSK has no new clusters. */
  ended: /^(?:[12]\.|3\.[0-5]\.)/,
  /** What Express brokers run. */
  express: /^(?:3\.6\.0|3\.8\.x|3\.9\.x(?:\.kraft)?|[4-9]\..*)$/,
  source: `${GUIDE_PAGE}/supported-kafka-versions.html`,
  date: "2026-11",
} as const;

/** Throughput of storage that is paid for: MiB/s, and what it needs. */
export const KAFKA_THROUGHPUT = {
  least: 250,
  most: 2_375,
  leastGib: 10,
  /** Sizes from which on it can be had. */
  sizes: /\.(4|8|12|16|24)xlarge$/,
  source: `${GUIDE_PAGE}/msk-provision-throughput-management.html`,
  date: "2026-11",
} as const;

/** Properties that MSK sets itself, and refuses in a configuration. */
export const KAFKA_MANAGED_PROPERTIES = {
  pattern:
    /^(?:listeners|advertised\.listeners|broker\.id|node\.id|process\.roles|broker\.rack|log\.dirs?|zookeeper\.connect|security\.inter\.broker\.protocol|inter\.broker\.listener\.name|control(?:ler|\.plane)\..*|super\.users|authorizer\.class\.name|listener\..*|ssl\.(?:keystore|truststore|key)\..*|sasl\..*)$/,
  source: `${GUIDE_PAGE}/msk-configuration-properties.html`,
  date: "2026-11",
} as const;
