import { type AlarmSpec, LASTING, metricsFrom, SOON } from "../alarm-spec";
import { type ObservedWarehouse } from "../observed";

const NEARLY_USED = 0.8;
const CPU_PERCENT = 90;
/** Connections of a cluster of RA3 nodes (Amazon Redshift management guide, "Quotas and limits", 2026-11). */
const CONNECTIONS = 2_000;
const LEFT = 0.2;

type Serverless = Extract<ObservedWarehouse, { mode: "serverless" }>;
type Provisioned = Extract<ObservedWarehouse, { mode: "provisioned" }>;

/** A warehouse, in either mode. How long its questions take is not watched: they may be large. */
export function warehouseSpecs(warehouse: ObservedWarehouse): AlarmSpec[] {
  return warehouse.mode === "serverless" ? serverlessSpecs(warehouse) : provisionedSpecs(warehouse);
}

function serverlessSpecs({ workgroupName, usageLimitId, size }: Serverless): AlarmSpec[] {
  const { maximumCapacity, monthlyHours, whenUsedUp } = size;
  const workgroup = metricsFrom("AWS/Redshift-Serverless", { Workgroup: workgroupName });
  const limit = { UsageLimitId: usageLimitId, UsageType: "SERVERLESS_COMPUTE" };
  return [
    {
      suffix: "capacity",
      concern: "saturation",
      severity: "ordinary",
      says: `it has computed on more than ${NEARLY_USED * 100} % of its most capacity for an hour`,
      measure: workgroup("ComputeCapacity", "Average"),
      fires: "above",
      threshold: maximumCapacity * NEARLY_USED,
      because: `it may have ${maximumCapacity} RPU`,
      period: 300,
      periods: 12,
      datapoints: 12,
    },
    {
      suffix: "budget",
      concern: "saturation",
      severity: whenUsedUp === "deactivate" ? "critical" : "ordinary",
      says: `less than ${LEFT * 100} % of its RPU-hours of this month are left${whenUsedUp === "deactivate" ? "; without any it answers nothing" : ""}`,
      measure: workgroup("UsageLimitAvailable", "Minimum", limit),
      fires: "below",
      threshold: monthlyHours * LEFT,
      because: `it may use ${monthlyHours} RPU-hours a month`,
      ...LASTING,
    },
  ];
}

function provisionedSpecs({ clusterIdentifier, size }: Provisioned): AlarmSpec[] {
  const read = metricsFrom("AWS/Redshift", { ClusterIdentifier: clusterIdentifier });
  return [
    {
      suffix: "health",
      concern: "availability",
      severity: "critical",
      says: "the cluster does not answer a simple query",
      measure: read("HealthStatus", "Minimum"),
      fires: "below",
      threshold: 1,
      because: "Redshift asks itself every minute; 1 is healthy",
      period: 60,
      periods: 10,
      datapoints: 10,
      missing: "breaching",
    },
    {
      suffix: "cpu",
      concern: "saturation",
      severity: "ordinary",
      says: `its ${size.nodes} nodes have used more than ${CPU_PERCENT} % of their CPU for an hour`,
      measure: read("CPUUtilization", "Average"),
      fires: "above",
      threshold: CPU_PERCENT,
      because: "a warehouse is there to compute; an hour without a pause means that it lacks nodes",
      period: 300,
      periods: 12,
      datapoints: 12,
    },
    {
      suffix: "disk",
      concern: "saturation",
      severity: "critical",
      says: `more than ${NEARLY_USED * 100} % of its storage is used`,
      measure: read("PercentageDiskSpaceUsed", "Maximum"),
      fires: "above",
      threshold: NEARLY_USED * 100,
      because: "queries need room to sort and join; at 100 % they fail",
      ...SOON,
    },
    {
      suffix: "connections",
      concern: "saturation",
      severity: "ordinary",
      says: `more than ${NEARLY_USED * 100} % of its connections are in use`,
      measure: read("DatabaseConnections", "Maximum"),
      fires: "above",
      threshold: CONNECTIONS * NEARLY_USED,
      because: `a cluster of ${size.nodeType} takes ${CONNECTIONS}`,
      ...SOON,
    },
  ];
}
