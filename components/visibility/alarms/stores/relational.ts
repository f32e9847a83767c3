import { classMemory, hourlyCredits, mostConnections, PAUSING_CONNECTIONS } from "../../../../facts/database-capacity";
import { type AlarmSpec, LASTING, type MetricReference, metricsFrom, silent, SOON } from "../alarm-spec";
import { type ObservedAurora, type ObservedInstance } from "../observed";

type Read = (metricName: string, stat: string) => MetricReference;

const GIB = 1_073_741_824;
/** GiB of memory of one ACU (Aurora user guide, "How Aurora Serverless v2 works", 2026-11). */
const ACU_GIB = 2;
/** Share of what there is above which it is worth a look, and below which too little is left. */
const NEARLY_USED = 0.8;
const NEARLY_NOTHING = 0.1;
const CPU_PERCENT = 90;
const LATENCY_SECONDS = 0.02;
const COMMIT_MS = 100;
const REPLICA_LAG_MS = 1_000;
/** Half of what PostgreSQL has before it stops to save the data. */
const TRANSACTION_IDS = 1_000_000_000;
/** Least GiB an engine wants to go on writing, and its share of the volume. */
const STORAGE = { share: 0.05, least: 2 } as const;

function cpu(read: Read, suffix = "cpu"): AlarmSpec {
  return {
    suffix,
    concern: "saturation",
    severity: "ordinary",
    says: `more than ${CPU_PERCENT} % of its CPU is in use`,
    measure: read("CPUUtilization", "Average"),
    fires: "above",
    threshold: CPU_PERCENT,
    because: "90 % is what the CloudWatch user guide recommends for RDS",
    ...LASTING,
  };
}

function credits(read: Read, instanceClass: string, suffix = "credits"): AlarmSpec[] {
  const hourly = hourlyCredits(instanceClass);
  if (hourly === undefined) return [];
  return [
    {
      suffix,
      concern: "saturation",
      severity: "ordinary",
      says: "its CPU credits run out; what it uses above its baseline is then charged",
      measure: read("CPUCreditBalance", "Minimum"),
      fires: "below",
      threshold: hourly,
      because: `${hourly} credits are what a ${instanceClass} earns in an hour`,
      ...LASTING,
    },
  ];
}

function memory(read: Read, instanceClass: string, suffix = "memory"): AlarmSpec {
  const gib = classMemory(instanceClass);
  return {
    suffix,
    concern: "saturation",
    severity: "ordinary",
    says: `less than ${NEARLY_NOTHING * 100} % of its memory is free`,
    measure: read("FreeableMemory", "Average"),
    fires: "below",
    threshold: gib * NEARLY_NOTHING * GIB,
    because: `a ${instanceClass} has ${gib} GiB`,
    ...LASTING,
  };
}

function connections(read: Read, most: number, of: string, suffix = "connections"): AlarmSpec {
  return {
    suffix,
    concern: "saturation",
    severity: "ordinary",
    says: `more than ${NEARLY_USED * 100} % of its connections are in use; the next services that start may get none`,
    measure: read("DatabaseConnections", "Maximum"),
    fires: "above",
    threshold: Math.floor(most * NEARLY_USED),
    because: `${of} takes about ${most} connections by default`,
    ...SOON,
  };
}

function wraparound(read: Read): AlarmSpec {
  return {
    suffix: "transaction-ids",
    concern: "saturation",
    severity: "critical",
    says: "vacuum does not keep up: at 2,146 million transaction ids in use PostgreSQL refuses to write",
    measure: read("MaximumUsedTransactionIDs", "Maximum"),
    fires: "above",
    threshold: TRANSACTION_IDS,
    because: "half of them are used, and vacuuming takes days",
    ...LASTING,
  };
}

/** An instance of RDS: CPU, memory, connections and disk by its class and volume, latency, and whether it is there. */
export function instanceSpecs({ kind, instanceIdentifier, instanceClass, storage }: ObservedInstance): AlarmSpec[] {
  const read = metricsFrom("AWS/RDS", { DBInstanceIdentifier: instanceIdentifier });
  const floor = Math.max(STORAGE.least, storage.allocated * STORAGE.share);
  return [
    silent(read("CPUUtilization", "SampleCount"), "the instance"),
    cpu(read),
    ...credits(read, instanceClass),
    memory(read, instanceClass),
    connections(read, mostConnections(kind, classMemory(instanceClass)), `a ${instanceClass}`),
    {
      suffix: "storage",
      concern: "saturation",
      severity: "critical",
      says: `less than ${floor} GiB of its disk is free: it has grown to ${storage.maximum} GiB, or cannot grow yet`,
      measure: read("FreeStorageSpace", "Minimum"),
      fires: "below",
      threshold: floor * GIB,
      because: `RDS makes a disk bigger at 10 % free, once in six hours; this is ${STORAGE.share * 100} % of the first ${storage.allocated} GiB, at least ${STORAGE.least} GiB`,
      ...SOON,
    },
    {
      suffix: "latency",
      concern: "latency",
      severity: "ordinary",
      says: `its disk takes longer than ${LATENCY_SECONDS * 1000} ms`,
      measure: {
        metrics: { read: read("ReadLatency", "Average"), write: read("WriteLatency", "Average") },
        expression: "MAX([FILL(read, 0), FILL(write, 0)])",
        label: "slower of read and write, seconds",
      },
      fires: "above",
      threshold: LATENCY_SECONDS,
      because: "gp3 answers in single-digit milliseconds while its IOPS last (Amazon EBS user guide)",
      ...LASTING,
    },
    ...(kind === "postgres" ? [wraparound(read)] : []),
  ];
}

/** An Aurora cluster: each instance by itself, the lag of its readers; a serverless one by its ACU. */
export function auroraSpecs({ kind, instances, capacity }: ObservedAurora): AlarmSpec[] {
  return instances.flatMap(({ role, identifier }, index) => {
    const read = metricsFrom("AWS/RDS", { DBInstanceIdentifier: identifier });
    const pauses = "minimum" in capacity && capacity.minimum === 0;
    return [
      // A paused instance sends nothing either.
      ...(pauses ? [] : [{ ...silent(read("CPUUtilization", "SampleCount"), `the ${role}`), suffix: `${role}-silent` }]),
      ...("instanceClass" in capacity
        ? [
            cpu(read, `${role}-cpu`),
            ...credits(read, capacity.instanceClass, `${role}-credits`),
            memory(read, capacity.instanceClass, `${role}-memory`),
            connections(
              read,
              mostConnections(kind, classMemory(capacity.instanceClass)),
              `a ${capacity.instanceClass}`,
              `${role}-connections`,
            ),
          ]
        : [acu(read, role, capacity.maximum), serverlessConnections(read, kind, role, capacity)]),
      ...(index === 0 ? [commits(read), ...(kind === "aurora-postgres" ? [wraparound(read)] : [])] : [replicaLag(read, role)]),
    ];
  });
}

function acu(read: Read, role: string, maximum: number): AlarmSpec {
  return {
    suffix: `${role}-acu`,
    concern: "saturation",
    severity: "ordinary",
    says: `the ${role} has used more than ${CPU_PERCENT} % of its most capacity`,
    measure: read("ACUUtilization", "Average"),
    fires: "above",
    threshold: CPU_PERCENT,
    because: `it cannot grow beyond ${maximum} ACU; raise auroraMaximumAcu`,
    ...LASTING,
  };
}

function serverlessConnections(
  read: Read,
  kind: ObservedAurora["kind"],
  role: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): AlarmSpec {
  const byMemory = mostConnections(kind, maximum * ACU_GIB);
  const most = kind === "aurora-postgres" && minimum <= 0.5 ? Math.min(byMemory, PAUSING_CONNECTIONS.value) : byMemory;
  return connections(read, most, `${minimum} to ${maximum} ACU`, `${role}-connections`);
}

function commits(read: Read): AlarmSpec {
  return {
    suffix: "latency",
    concern: "latency",
    severity: "ordinary",
    says: `a commit takes longer than ${COMMIT_MS} ms`,
    measure: read("CommitLatency", "Average"),
    fires: "above",
    threshold: COMMIT_MS,
    because: "Aurora writes to six copies in single-digit milliseconds; ten times that is waiting for something",
    ...LASTING,
  };
}

function replicaLag(read: Read, role: string): AlarmSpec {
  return {
    suffix: `${role}-lag`,
    concern: "replication",
    severity: "ordinary",
    says: `the ${role} is more than ${REPLICA_LAG_MS} ms behind: services read what is old`,
    measure: read("AuroraReplicaLag", "Maximum"),
    fires: "above",
    threshold: REPLICA_LAG_MS,
    because: "Aurora's readers are usually less than 100 ms behind (Aurora user guide, 'Aurora Replicas')",
    ...LASTING,
  };
}
