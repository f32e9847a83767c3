import {
  isBaseCapacity,
  REDSHIFT_BASE_CAPACITY,
  REDSHIFT_MULTI_AZ_NODES,
  REDSHIFT_NODE_TYPES,
  REDSHIFT_SERVERLESS_ZONES,
} from "../../facts/redshift";
import { type Fault } from "../faults";
import { suggestion } from "../parse";
import { type RestoreFrom } from "./restore";

/** A warehouse that is paid by the second it computes, and costs only its storage while nobody asks. */
export interface ServerlessSize {
  readonly mode: "serverless";
  /** Capacity a query starts from, in Redshift processing units (RPU): 4, or 8 to 512 in steps of 8. */
  readonly baseCapacity: number;
  /** Most capacity, in RPU; at least the base. */
  readonly maximumCapacity: number;
  /** Most RPU-hours a month. */
  readonly monthlyHours: number;
  /** What happens at the most: `deactivate` stops queries until the month ends, `emit-metric` only says so. */
  readonly whenUsedUp: "deactivate" | "emit-metric";
}

/** A cluster that is always on. */
export interface ProvisionedSize {
  readonly mode: "provisioned";
  /** Type of node, such as `ra3.large`. */
  readonly nodeType: string;
  /** Nodes; in each of the two zones with `multiAz`. */
  readonly nodes: number;
  /** True keeps computing in a second zone when the first is lost. */
  readonly multiAz: boolean;
  /** Minutes a day that concurrency scaling may add clusters for. */
  readonly concurrencyMinutes: number;
  /** Days of automatic snapshots, 1 to 35. */
  readonly snapshotDays: number;
}

/** What the warehouse computes on. A change of mode replaces the warehouse. */
export type WarehouseSize = ServerlessSize | ProvisionedSize;

/** What is checked of a warehouse before anything is made. */
export interface WarehouseShape {
  readonly size: WarehouseSize;
  /** Zones its subnets are in. */
  readonly zones: number;
  readonly durable: boolean;
  readonly restoreFrom?: RestoreFrom | undefined;
}

// Amazon Redshift management guide, "Snapshots" (2026-11).
const MOST_SNAPSHOT_DAYS = 35;

function serverlessFaults(key: string, size: ServerlessSize, { zones, restoreFrom }: WarehouseShape): Fault[] {
  const { smallest, step, maximum } = REDSHIFT_BASE_CAPACITY;
  return [
    ...(zones < REDSHIFT_SERVERLESS_ZONES.minimum
      ? [
          {
            key: `${key}.zones`,
            what: "has too few availability zones for Redshift Serverless",
            got: zones,
            right: `give the network at least ${REDSHIFT_SERVERLESS_ZONES.minimum} zones; one can be added at the end at any time`,
          },
        ]
      : []),
    ...(isBaseCapacity(size.baseCapacity)
      ? []
      : [
          {
            key: `${key}.baseCapacity`,
            what: "is a capacity that Redshift Serverless does not have",
            got: size.baseCapacity,
            right: `give ${smallest}, or ${step} to ${maximum} in steps of ${step}`,
          },
        ]),
    ...(size.maximumCapacity < size.baseCapacity
      ? [
          {
            key: `${key}.maximumCapacity`,
            what: "is below baseCapacity",
            got: size.maximumCapacity,
            right: `give at least ${size.baseCapacity}`,
          },
        ]
      : []),
    ...(size.monthlyHours < 1
      ? [{ key: `${key}.monthlyHours`, what: "is out of range", got: size.monthlyHours, right: "give at least 1 RPU-hour" }]
      : []),
    ...(restoreFrom
      ? [
          {
            key: `${key}.restoreFrom`,
            what: "is not how Redshift Serverless is restored",
            got: restoreFrom,
            right: "restore a snapshot into the namespace that exists, as docs/restore.md says",
          },
        ]
      : []),
  ];
}

function provisionedFaults(key: string, size: ProvisionedSize, { durable, restoreFrom }: WarehouseShape): Fault[] {
  const types = REDSHIFT_NODE_TYPES.map(({ type }) => type as string);
  const known = REDSHIFT_NODE_TYPES.find(({ type }) => type === size.nodeType);
  const minimum = Math.max(known?.minimumNodes ?? 1, size.multiAz ? REDSHIFT_MULTI_AZ_NODES.minimum : 1);
  return [
    ...(known
      ? []
      : [
          {
            key: `${key}.nodeType`,
            what: "is no node type this project knows",
            got: size.nodeType,
            right: suggestion(size.nodeType, types),
          },
        ]),
    ...(size.nodes < minimum
      ? [
          {
            key: `${key}.nodes`,
            what: size.multiAz ? "are too few for Multi-AZ" : `are too few for ${size.nodeType}`,
            got: size.nodes,
            right: `give at least ${minimum}`,
          },
        ]
      : []),
    ...(durable && size.nodes === 1 && !size.multiAz
      ? [{ key: `${key}.nodes`, what: "is a single point of failure in a durable environment", got: 1, right: "give at least 2" }]
      : []),
    ...(size.snapshotDays < 1 || size.snapshotDays > MOST_SNAPSHOT_DAYS
      ? [{ key: `${key}.snapshotDays`, what: "is out of range", got: size.snapshotDays, right: `give 1 to ${MOST_SNAPSHOT_DAYS}` }]
      : []),
    ...(restoreFrom && "source" in restoreFrom
      ? [
          {
            key: `${key}.restoreFrom`,
            what: "names a moment, which Redshift has none of",
            got: restoreFrom,
            right: "give `snapshot`, the ARN of a snapshot",
          },
        ]
      : []),
  ];
}

/** What is wrong with the size of a warehouse. */
export function warehouseFaults(key: string, shape: WarehouseShape): Fault[] {
  return shape.size.mode === "serverless" ? serverlessFaults(key, shape.size, shape) : provisionedFaults(key, shape.size, shape);
}
