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

/** How many nodes a cluster of each type of node has; a cluster of one has a type of its own. */
export const REDSHIFT_NODES: Readonly<Record<string, Fact & { readonly least: number; readonly most: number }>> = {
  "ra3.large": { least: 1, most: 16, ...CLUSTERS },
  "ra3.xlplus": { least: 1, most: 32, ...CLUSTERS },
  "ra3.4xlarge": { least: 2, most: 128, ...CLUSTERS },
  "ra3.16xlarge": { least: 2, most: 128, ...CLUSTERS },
  "dc2.large": { least: 1, most: 32, ...CLUSTERS },
  "dc2.8xlarge": { least: 2, most: 128, ...CLUSTERS },
};

/** Families that new clusters cannot have any more. */
export const REDSHIFT_RETIRED = { families: /^(ds1|ds2|dc1|dw1|dw2)\./, ...CLUSTERS } as const satisfies Fact & Record<string, unknown>;

/** Names and passwords of a cluster. */
export const REDSHIFT_NAMES = {
  identifier: /^[a-z](?:-?[a-z0-9])*$/,
  identifierLength: 63,
  serverless: /^[a-z0-9-]{3,64}$/,
  database: /^[a-z_][a-z0-9_$]{0,63}$/,
  user: /^[a-zA-Z_][a-zA-Z0-9_+.@-]{0,127}$/,
  reservedUsers: ["public", "rdsdb", "user", "all", "none", "default"],
  password: { least: 8, most: 64, forbidden: /['"\\/@ ]|[^\x21-\x7e]/ },
  source: "https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html",
  date: "2026-11",
} as const satisfies Fact & Record<string, unknown>;
