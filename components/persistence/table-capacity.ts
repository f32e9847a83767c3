import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Fault } from "../faults";

/** What a table pays by the request, up to a cap that a mistake cannot go beyond. */
export interface OnDemandCapacity {
  readonly mode: "on-demand";
  /** Most read request units a second, of the table and of each global index; above it requests are throttled. */
  readonly maximumReads: number;
  /** Most write request units a second, likewise. */
  readonly maximumWrites: number;
}

/** What a table pays by the hour, scaled with its use; cheaper than on-demand for demand that is steady. */
export interface ProvisionedCapacity {
  readonly mode: "provisioned";
  /** Read capacity units a second, of the table and of each global index. */
  readonly reads: { readonly minimum: number; readonly maximum: number };
  /** Write capacity units a second, likewise. */
  readonly writes: { readonly minimum: number; readonly maximum: number };
  /** Percent of the capacity that should be in use, 20 to 90. Default: 70. */
  readonly targetUtilization?: number;
}

/** How a table is paid for, and its bounds. Changing the mode is done in place, once a day at most. */
export type TableCapacity = OnDemandCapacity | ProvisionedCapacity;

const TARGET_UTILIZATION = 70;
// Application Auto Scaling user guide, "Amazon DynamoDB and Application Auto Scaling" (2026-11).
const LEAST_UTILIZATION = 20;
const MOST_UTILIZATION = 90;

const DIMENSIONS = {
  reads: { unit: "ReadCapacityUnits", metric: "DynamoDBReadCapacityUtilization" },
  writes: { unit: "WriteCapacityUnits", metric: "DynamoDBWriteCapacityUtilization" },
} as const;

/** What is wrong with a capacity. */
export function capacityFaults(key: string, capacity: TableCapacity): Fault[] {
  if (capacity.mode === "on-demand")
    return (["maximumReads", "maximumWrites"] as const)
      .filter((part) => !Number.isInteger(capacity[part]) || capacity[part] < 1)
      .map((part) => ({ key: `${key}.${part}`, what: "is not a number of request units", got: capacity[part], right: "give at least 1" }));
  const target = capacity.targetUtilization ?? TARGET_UTILIZATION;
  return [
    ...(["reads", "writes"] as const)
      .filter((part) => capacity[part].minimum < 1 || capacity[part].minimum > capacity[part].maximum)
      .map((part) => ({
        key: `${key}.${part}`,
        what: "is not a range of capacity units",
        got: capacity[part],
        right: "give a minimum of at least 1 and a maximum that is not below it",
      })),
    ...(target < LEAST_UTILIZATION || target > MOST_UTILIZATION
      ? [
          {
            key: `${key}.targetUtilization`,
            what: "is out of range",
            got: target,
            right: `give ${LEAST_UTILIZATION} to ${MOST_UTILIZATION}`,
          },
        ]
      : []),
  ];
}

/** What the table itself, and each global index, is given of its capacity. */
export function capacityProperties(capacity: TableCapacity) {
  return capacity.mode === "on-demand"
    ? { onDemandThroughput: { maxReadRequestUnits: capacity.maximumReads, maxWriteRequestUnits: capacity.maximumWrites } }
    : { readCapacity: capacity.reads.minimum, writeCapacity: capacity.writes.minimum };
}

/** Properties that autoscaling moves, so that no update moves them back. */
export function scaledProperties(capacity: TableCapacity): string[] {
  return capacity.mode === "on-demand"
    ? []
    : ["readCapacity", "writeCapacity", "globalSecondaryIndexes[*].readCapacity", "globalSecondaryIndexes[*].writeCapacity"];
}

/** Lets the capacity of a provisioned table and its global indexes follow their use; an on-demand table needs nothing. */
export function scaleTable(
  name: string,
  indexes: readonly string[],
  capacity: TableCapacity,
  resourceId: (index: string | undefined) => pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): void {
  if (capacity.mode === "on-demand") return;
  for (const index of [undefined, ...indexes])
    for (const part of ["reads", "writes"] as const) {
      const { unit, metric } = DIMENSIONS[part];
      const child = [name, ...(index === undefined ? [] : [index]), part].join("-");
      const target = new aws.appautoscaling.Target(
        child,
        {
          serviceNamespace: "dynamodb",
          resourceId: resourceId(index),
          scalableDimension: `dynamodb:${index === undefined ? "table" : "index"}:${unit}`,
          minCapacity: capacity[part].minimum,
          maxCapacity: capacity[part].maximum,
        },
        options,
      );
      new aws.appautoscaling.Policy(
        child,
        {
          policyType: "TargetTrackingScaling",
          serviceNamespace: target.serviceNamespace,
          resourceId: target.resourceId,
          scalableDimension: target.scalableDimension,
          targetTrackingScalingPolicyConfiguration: {
            targetValue: capacity.targetUtilization ?? TARGET_UTILIZATION,
            predefinedMetricSpecification: { predefinedMetricType: metric },
          },
        },
        options,
      );
    }
}
