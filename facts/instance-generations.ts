import { type Fact } from "./row";

/** A service that runs on instances of a type that a person chooses. */
export type InstanceService = "ec2" | "rds" | "elasticache" | "msk" | "mq" | "opensearch" | "redshift";

/** The Graviton family that does what an x86 one does, and its sizes. */
export interface GravitonFamily extends Fact {
  readonly family: string;
  readonly sizes: readonly string[];
}

const DATE = "2026-11";
const SMALL = ["micro", "small", "medium"];
const LARGE = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];

const EC2 = { source: "https://docs.aws.amazon.com/ec2/latest/instancetypes/", date: DATE } as const;
const RDS = { source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html", date: DATE } as const;
const CACHE = { source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html", date: DATE } as const;
const MSK = { source: "https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-types.html", date: DATE } as const;
const MQ = { source: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rmq-broker-instance-types.html", date: DATE } as const;
const SEARCH = {
  source: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html",
  date: DATE,
} as const;

/** By service, and the letter that an instance family begins with. What is not here has no sibling. */
export const GRAVITON: Readonly<Record<InstanceService, Readonly<Record<string, GravitonFamily>>>> = {
  ec2: {
    t: { family: "t4g", sizes: ["nano", ...SMALL, "large", "xlarge", "2xlarge"], ...EC2 },
    m: { family: "m7g", sizes: ["medium", ...LARGE], ...EC2 },
    c: { family: "c7g", sizes: ["medium", ...LARGE], ...EC2 },
    r: { family: "r7g", sizes: ["medium", ...LARGE], ...EC2 },
  },
  rds: {
    t: { family: "t4g", sizes: [...SMALL, "large", "xlarge", "2xlarge"], ...RDS },
    m: { family: "m7g", sizes: LARGE, ...RDS },
    r: { family: "r7g", sizes: LARGE, ...RDS },
  },
  elasticache: {
    t: { family: "t4g", sizes: SMALL, ...CACHE },
    m: { family: "m7g", sizes: LARGE, ...CACHE },
    r: { family: "r7g", sizes: LARGE, ...CACHE },
  },
  msk: { m: { family: "m7g", sizes: LARGE, ...MSK } },
  /** Of RabbitMQ: ActiveMQ has no Graviton. */
  mq: { m: { family: "m7g", sizes: ["medium", "large", "xlarge", "2xlarge", "4xlarge"], ...MQ } },
  opensearch: {
    m: { family: "m7g", sizes: ["medium", ...LARGE], ...SEARCH },
    c: { family: "c7g", sizes: ["medium", ...LARGE], ...SEARCH },
    r: { family: "r7g", sizes: ["medium", ...LARGE], ...SEARCH },
  },
  redshift: {},
};

/** Families that AWS calls previous generations, or that ended: they cost more than the newest for less. */
export interface PreviousFamilies extends Fact {
  readonly families: readonly string[];
  /** What stands in their place. */
  readonly instead: string;
}

export const PREVIOUS_GENERATIONS: Readonly<Record<InstanceService, PreviousFamilies>> = {
  ec2: {
    families: ["a1", "c1", "c3", "c4", "cc2", "g2", "g3", "i2", "m1", "m2", "m3", "m4", "p2", "r3", "r4", "t1", "t2"],
    instead: "t4g, m7g, c7g or r7g",
    source: "https://aws.amazon.com/ec2/previous-generation/",
    date: DATE,
  },
  rds: { families: ["m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2"], instead: "db.t4g, db.m7g or db.r7g", ...RDS },
  elasticache: { families: ["c1", "m1", "m2", "m3", "m4", "r3", "r4", "t1", "t2"], instead: "cache.t4g, cache.m7g or cache.r7g", ...CACHE },
  msk: { families: [], instead: "kafka.m7g", ...MSK },
  mq: { families: ["m4", "t2"], instead: "mq.m5 or mq.m7g", ...MQ },
  opensearch: { families: ["c4", "i2", "m3", "m4", "r3", "r4", "t2"], instead: "m7g, c7g or r7g", ...SEARCH },
  redshift: {
    families: ["dc1", "dc2", "ds1", "ds2", "dw1", "dw2"],
    instead: "ra3",
    source: "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html",
    date: DATE,
  },
};

/** The parts of an instance type, whatever service it is of: `db.m5.large` and `m5.large.search` are both family `m5`, size `large`. */
export function partsOf(instanceType: string): { readonly family: string; readonly size: string } | undefined {
  const [, family = "", size = ""] = /^(?:(?:db|cache|kafka|mq)\.)?([a-z]+\d+[a-z-]*)\.([a-z0-9-]+)(?:\.search)?$/.exec(instanceType) ?? [];
  return family === "" ? undefined : { family, size };
}

/** True for a type on Graviton: a `g` among the letters after the generation, or the first of all, `a1`. */
export function isGraviton(instanceType: string): boolean {
  const parts = partsOf(instanceType);
  return parts !== undefined && (/\d[a-z]*g/.test(parts.family) || parts.family === "a1");
}

/** Whether a type is of a generation that AWS calls previous. */
export function isPreviousGeneration(service: InstanceService, instanceType: string): boolean {
  const parts = partsOf(instanceType);
  return parts !== undefined && PREVIOUS_GENERATIONS[service].families.includes(parts.family);
}

/**
 * The Graviton type of the same size that does what an x86 type does, such as `db.m7g.large` for `db.m5.large`. None for Graviton itself, for
 * types with disks, faster networks or accelerators, and where the service has no such size.
 */
export function gravitonSibling(service: InstanceService, instanceType: string): string | undefined {
  const parts = partsOf(instanceType);
  const [, letter = ""] = /^([a-z])\d+(?:i|a|i-flex)?$/.exec(parts?.family ?? "") ?? [];
  const sibling = GRAVITON[service][letter];
  if (parts === undefined || sibling === undefined || !sibling.sizes.includes(parts.size)) return undefined;
  return instanceType.replace(`${parts.family}.`, `${sibling.family}.`);
}
