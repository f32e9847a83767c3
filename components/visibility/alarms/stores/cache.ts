import { hourlyCredits } from "../../../../facts/database-capacity";
import { type AlarmSpec, LASTING, type MetricReference, metricsFrom, silent, SOON } from "../alarm-spec";
import { taskSpecs } from "../services/tasks";
import { type ObservedCache } from "../observed";

const NEARLY_USED = 0.8;
const ENGINE_PERCENT = 90;
const REPLICATION_SECONDS = 5;
const READ_MICROSECONDS = 5_000;
/** Clients of one node (Amazon ElastiCache user guide, "Engine parameters", `maxclients`, 2026-11). */
const CLIENTS = 65_000;
/** A gigabyte as ElastiCache charges it. */
const GB = 1_000_000_000;
const SECONDS = 60;

type Nodes = Extract<ObservedCache, { mode: "nodes" }>;
type Serverless = Extract<ObservedCache, { mode: "serverless" }>;
type SelfManaged = Extract<ObservedCache, { mode: "self-managed" }>;

/** A cache, however it is run. */
export function cacheSpecs(cache: ObservedCache): AlarmSpec[] {
  switch (cache.mode) {
    case "nodes":
      return cache.nodeIds.flatMap((id, index) => nodeSpecs(cache, id, index + 1));
    case "serverless":
      return serverlessSpecs(cache);
    case "self-managed":
      return selfManagedSpecs(cache);
  }
}

function nodeSpecs({ capacity }: Nodes, id: Nodes["nodeIds"][number], node: number): AlarmSpec[] {
  const read = metricsFrom("AWS/ElastiCache", { CacheClusterId: id, CacheNodeId: "0001" });
  const named = (suffix: string) => `node-${node}-${suffix}`;
  const credits = hourlyCredits(capacity.nodeType);
  const saturation = (suffix: string, says: string, measure: MetricReference, threshold: number, because: string): AlarmSpec => ({
    suffix: named(suffix),
    concern: "saturation",
    severity: "ordinary",
    says: `node ${node} ${says}`,
    measure,
    fires: "above",
    threshold,
    because,
    ...LASTING,
  });
  return [
    { ...silent(read("CurrConnections", "SampleCount"), `node ${node}`), suffix: named("silent") },
    saturation(
      "cpu",
      `uses more than ${ENGINE_PERCENT} % of the core that its engine runs on`,
      read("EngineCPUUtilization", "Average"),
      ENGINE_PERCENT,
      "90 % is what the ElastiCache user guide recommends ('Which metrics should I monitor?')",
    ),
    saturation(
      "memory",
      `has filled more than ${NEARLY_USED * 100} % of its memory; at 100 % keys are dropped`,
      read("DatabaseMemoryUsagePercentage", "Maximum"),
      NEARLY_USED * 100,
      `a ${capacity.nodeType} has no more`,
    ),
    saturation(
      "connections",
      `has more than ${NEARLY_USED * 100} % of its clients`,
      read("CurrConnections", "Maximum"),
      CLIENTS * NEARLY_USED,
      `a node takes ${CLIENTS} clients`,
    ),
    ...(credits === undefined
      ? []
      : [
          {
            ...saturation(
              "credits",
              "runs out of CPU credits",
              read("CPUCreditBalance", "Minimum"),
              credits,
              `${credits} credits are what a ${capacity.nodeType} earns in an hour`,
            ),
            fires: "below",
          } satisfies AlarmSpec,
        ]),
    ...(capacity.nodes > 1
      ? [
          {
            suffix: named("lag"),
            concern: "replication",
            severity: "ordinary",
            says: `node ${node} is more than ${REPLICATION_SECONDS} s behind the primary; what it lacks is lost if it takes over`,
            measure: read("ReplicationLag", "Maximum"),
            fires: "above",
            threshold: REPLICATION_SECONDS,
            because: "a replica is usually less than a second behind",
            ...LASTING,
          } satisfies AlarmSpec,
        ]
      : []),
  ];
}

function serverlessSpecs({ cacheName, capacity: { maximumGb, maximumEcpu } }: Serverless): AlarmSpec[] {
  const read = metricsFrom("AWS/ElastiCache", { clusterId: cacheName });
  return [
    {
      suffix: "memory",
      concern: "saturation",
      severity: "ordinary",
      says: `more than ${NEARLY_USED * 100} % of the data it may hold is there; at 100 % keys are dropped`,
      measure: read("BytesUsedForCache", "Maximum"),
      fires: "above",
      threshold: maximumGb * NEARLY_USED * GB,
      because: `it may hold ${maximumGb} GB; raise cache.maximumGb`,
      ...LASTING,
    },
    {
      suffix: "ecpu",
      concern: "saturation",
      severity: "ordinary",
      says: `more than ${NEARLY_USED * 100} % of the processing units it may use are used`,
      measure: read("ElastiCacheProcessingUnits", "Sum"),
      fires: "above",
      threshold: maximumEcpu * NEARLY_USED * SECONDS,
      because: `it may use ${maximumEcpu} a second, ${maximumEcpu * SECONDS} a minute; raise cache.maximumEcpu`,
      ...SOON,
    },
    {
      suffix: "throttles",
      concern: "errors",
      severity: "ordinary",
      says: "commands are refused: there are more than it may have, or they grow faster than it does",
      measure: read("ThrottledCmds", "Sum"),
      fires: "above",
      threshold: 0,
      because: "three minutes of five are more than a start",
      ...SOON,
    },
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `a read takes longer than ${READ_MICROSECONDS / 1000} ms`,
      measure: read("SuccessfulReadRequestLatency", "Average"),
      fires: "above",
      threshold: READ_MICROSECONDS,
      because: "it answers in less than a millisecond inside a zone",
      ...LASTING,
    },
  ];
}

function selfManagedSpecs({ clusterName, serviceName, countsTasks }: SelfManaged): AlarmSpec[] {
  return taskSpecs({ clusterName, serviceName, fewest: 1, countsTasks });
}
