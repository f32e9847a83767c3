import { type Fact } from "./row";

const SERVERLESS = {
  source: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html",
  date: "2026-11",
} as const;
const CAPACITY = { source: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-capacity.html", date: "2026-11" } as const;

/** Zones that the subnets of a Redshift Serverless workgroup must be in. */
export const REDSHIFT_SERVERLESS_ZONES = { minimum: 3, ...SERVERLESS } as const satisfies Fact & { minimum: number };

/** Redshift processing units (RPU) a workgroup can start from: 4, or 8 to 512 in steps of 8. */
export const REDSHIFT_BASE_CAPACITY = { smallest: 4, step: 8, maximum: 512, ...CAPACITY } as const satisfies Fact & Record<string, unknown>;

/** True for a base capacity that Redshift Serverless has. */
export function isBaseCapacity(rpu: number): boolean {
  const { smallest, step, maximum } = REDSHIFT_BASE_CAPACITY;
  return rpu === smallest || (rpu >= step && rpu <= maximum && rpu % step === 0);
}

/** A type of node of a provisioned cluster. */
export interface RedshiftNodeType extends Fact {
  readonly type: string;
  /** Fewest nodes of a cluster. */
  readonly minimumNodes: number;
}

const CLUSTERS = { source: "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html", date: "2026-11" } as const;

/** RA3 nodes: storage is paid by use, and only they take part in Multi-AZ. */
export const REDSHIFT_NODE_TYPES = [
  { type: "ra3.large", minimumNodes: 1, ...CLUSTERS },
  { type: "ra3.xlplus", minimumNodes: 1, ...CLUSTERS },
  { type: "ra3.4xlarge", minimumNodes: 2, ...CLUSTERS },
  { type: "ra3.16xlarge", minimumNodes: 2, ...CLUSTERS },
] as const satisfies readonly RedshiftNodeType[];

/** Nodes of a Multi-AZ cluster, of which each zone has as many. */
export const REDSHIFT_MULTI_AZ_NODES = {
  minimum: 2,
  source: "https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html",
  date: "2026-11",
} as const;
