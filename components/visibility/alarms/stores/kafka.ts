import { KAFKA_BROKERS } from "../../../../facts/msk";
import { isExpress, type ProvisionedKafka } from "../../../persistence/kafka-checks";
import { type AlarmSpec, LASTING, metricsFrom, SOON } from "../alarm-spec";
import { type ObservedKafka, type ObservedTopic, type StoreUser } from "../observed";

const CPU_PERCENT = 60;
const DISK_PERCENT = 85;
const HEAP_PERCENT = 60;
const CREDITS = 100;
const BURST_PERCENT = 20;
const NEARLY_USED = 0.8;
/** A volume of gp2 from this size on is always as fast as a smaller one in a burst (Amazon EBS user guide, "gp2 volumes", 2026-11). */
const BURSTS_BELOW_GIB = 1_000;
const LAG_SECONDS = 300;
const MS_PER_SECOND = 1000;

/** A cluster of MSK: its controller, its partitions, and each broker. MSK Serverless has no brokers, and says nothing but of its topics. */
export function kafkaSpecs({ clusterName, capacity }: ObservedKafka): AlarmSpec[] {
  if (capacity.kind === "serverless") return [];
  const read = metricsFrom("AWS/Kafka", { "Cluster Name": clusterName });
  const standard = !isExpress(capacity.brokerType);
  return [
    {
      suffix: "controller",
      concern: "availability",
      severity: "critical",
      says: "no broker is the controller, or the cluster sends no metrics",
      measure: read("ActiveControllerCount", "Maximum"),
      fires: "below",
      threshold: 1,
      because: "there is always one; an election takes seconds",
      period: 60,
      periods: 5,
      datapoints: 5,
      missing: "breaching",
    },
    ...(standard
      ? [
          {
            suffix: "offline",
            concern: "availability",
            severity: "critical",
            says: "partitions have no leader: nobody can read or write them",
            measure: read("OfflinePartitionsCount", "Maximum"),
            fires: "above",
            threshold: 0,
            because: "one is too many (Amazon MSK developer guide, 'Best practices')",
            ...SOON,
          } satisfies AlarmSpec,
        ]
      : []),
    ...Array.from({ length: capacity.brokers }, (_, index) => brokerSpecs(clusterName, index + 1, capacity)).flat(),
  ];
}

function brokerSpecs(clusterName: ObservedKafka["clusterName"], broker: number, capacity: ProvisionedKafka): AlarmSpec[] {
  const read = metricsFrom("AWS/Kafka", { "Cluster Name": clusterName, "Broker ID": String(broker) });
  const named = (suffix: string) => `broker-${broker}-${suffix}`;
  const size = KAFKA_BROKERS.find(({ type }) => type === capacity.brokerType);
  const cpu: AlarmSpec = {
    suffix: named("cpu"),
    concern: "saturation",
    severity: "ordinary",
    says: `broker ${broker} uses more than ${CPU_PERCENT} % of its CPU`,
    measure: {
      metrics: { user: read("CpuUser", "Average"), system: read("CpuSystem", "Average") },
      expression: "user + system",
      label: "CPU, percent",
    },
    fires: "above",
    threshold: CPU_PERCENT,
    because: "the rest is for a broker that fails or is replaced (Amazon MSK developer guide, 'Best practices')",
    ...LASTING,
  };
  if (isExpress(capacity.brokerType)) return [cpu];
  return [
    cpu,
    {
      suffix: named("in-sync"),
      concern: "replication",
      severity: "critical",
      says: `partitions of broker ${broker} have too few copies in sync: writers are refused`,
      measure: read("UnderMinIsrPartitionCount", "Maximum"),
      fires: "above",
      threshold: 0,
      because: "one is too many (Amazon MSK developer guide, 'Best practices')",
      ...SOON,
    },
    {
      suffix: named("replicas"),
      concern: "replication",
      severity: "ordinary",
      says: `partitions that broker ${broker} leads lack a copy`,
      measure: read("UnderReplicatedPartitions", "Maximum"),
      fires: "above",
      threshold: 0,
      because: "after a broker was replaced its copies catch up within minutes",
      ...LASTING,
    },
    {
      suffix: named("heap"),
      concern: "saturation",
      severity: "ordinary",
      says: `broker ${broker} keeps more than ${HEAP_PERCENT} % of its heap after collecting garbage`,
      measure: read("HeapMemoryAfterGC", "Maximum"),
      fires: "above",
      threshold: HEAP_PERCENT,
      because: "60 % is what the Amazon MSK developer guide recommends ('Monitor Apache Kafka memory')",
      ...LASTING,
    },
    ...(capacity.storage
      ? [
          {
            suffix: named("disk"),
            concern: "saturation",
            severity: "critical",
            says: `broker ${broker} has filled more than ${DISK_PERCENT} % of its disk, which grows to ${capacity.storage.maximum} GiB at most`,
            measure: read("KafkaDataLogsDiskUsed", "Maximum"),
            fires: "above",
            threshold: DISK_PERCENT,
            because: "a full broker stops; it grows at 60 %, once in six hours (Amazon MSK developer guide, 'Best practices')",
            ...SOON,
          } satisfies AlarmSpec,
          ...(capacity.storage.initial < BURSTS_BELOW_GIB
            ? [
                {
                  suffix: named("burst"),
                  concern: "saturation",
                  severity: "ordinary",
                  says: `the disk of broker ${broker} has used up its burst of I/O and gets slow`,
                  measure: read("BurstBalance", "Minimum"),
                  fires: "below",
                  threshold: BURST_PERCENT,
                  because: `a volume of ${capacity.storage.initial} GiB lives on bursts; a fifth of them is left`,
                  ...LASTING,
                } satisfies AlarmSpec,
              ]
            : []),
        ]
      : []),
    ...(size?.partitions === undefined
      ? []
      : [
          {
            suffix: named("partitions"),
            concern: "saturation",
            severity: "ordinary",
            says: `broker ${broker} holds more than ${NEARLY_USED * 100} % of the partitions it should`,
            measure: read("PartitionCount", "Maximum"),
            fires: "above",
            threshold: size.partitions * NEARLY_USED,
            because: `a ${capacity.brokerType} should hold at most ${size.partitions}, copies included`,
            ...LASTING,
          } satisfies AlarmSpec,
        ]),
    ...(size?.burstable
      ? [
          {
            suffix: named("credits"),
            concern: "saturation",
            severity: "ordinary",
            says: `broker ${broker} has nearly no CPU credits left, and gets a fifth of its CPU without any`,
            measure: read("CPUCreditBalance", "Minimum"),
            fires: "below",
            threshold: CREDITS,
            because: "100 are what the Amazon MSK developer guide recommends; full use of its two vCPU takes them within the hour",
            ...LASTING,
          } satisfies AlarmSpec,
        ]
      : []),
  ];
}

/** How far each service that consumes a topic is behind; the group is called by the service. */
export function topicSpecs({ topic, retention, cluster }: ObservedTopic, users: readonly StoreUser[]): AlarmSpec[] {
  const lost = Math.floor(retention / MS_PER_SECOND / 2);
  return users
    .filter(({ access }) => access === "consume")
    .flatMap(({ service }): AlarmSpec[] => {
      const read = metricsFrom("AWS/Kafka", { "Cluster Name": cluster.clusterName, "Consumer Group": service, Topic: topic });
      const measure = read("EstimatedMaxTimeLag", "Maximum");
      return [
        {
          suffix: `${service}-lag`,
          concern: "lag",
          severity: "ordinary",
          says: `${service} is more than ${LAG_SECONDS} s behind`,
          measure,
          fires: "above",
          threshold: Math.min(LAG_SECONDS, lost),
          because: "five minutes outlast a deployment and a rebalance",
          ...SOON,
        },
        {
          suffix: `${service}-loss`,
          concern: "lag",
          severity: "critical",
          says: `${service} is so far behind that it will lose records`,
          measure,
          fires: "above",
          threshold: lost,
          because: `half of the ${retention / MS_PER_SECOND} s that a record is kept`,
          ...SOON,
        },
      ];
    });
}
