import { type RdsEngine } from "./engine-versions";
import { type Fact } from "./row";

/** Instance classes an engine runs on. */
export interface DatabaseClasses extends Fact {
  readonly classes: readonly string[];
}

/** Sizes of a family in order. */
const SIZES = [
  ...["micro", "small", "medium", "large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  ...["24xlarge", "32xlarge"],
] as const;

/** The classes of a family from one size to another, both included. */
function family(name: string, from: (typeof SIZES)[number], to: (typeof SIZES)[number]): string[] {
  return SIZES.slice(SIZES.indexOf(from), SIZES.indexOf(to) + 1).map((size) => `db.${name}.${size}`);
}

const SUPPORT = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html",
  date: "2026-11",
} as const;
const AURORA_SUPPORT = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html",
  date: "2026-11",
} as const;
const SERVERLESS = "db.serverless";

const OPEN_SOURCE = [...family("t4g", "micro", "2xlarge"), ...family("m7g", "large", "16xlarge"), ...family("r7g", "large", "16xlarge")];
const AURORA = [SERVERLESS, ...family("t4g", "medium", "large"), ...family("r7g", "large", "16xlarge")];

/**
 * Classes that are known to fit, newest Graviton first where the engine has it; RDS has older and larger ones. Oracle and SQL Server
 * have no Graviton.
 */
export const DATABASE_CLASSES: Readonly<Record<RdsEngine, DatabaseClasses>> = {
  "aurora-postgresql": { classes: AURORA, ...AURORA_SUPPORT },
  "aurora-mysql": { classes: AURORA, ...AURORA_SUPPORT },
  postgres: { classes: OPEN_SOURCE, ...SUPPORT },
  mysql: { classes: OPEN_SOURCE, ...SUPPORT },
  mariadb: { classes: OPEN_SOURCE, ...SUPPORT },
  "oracle-se2": {
    classes: [...family("t3", "small", "2xlarge"), ...family("m5", "large", "4xlarge"), ...family("r5", "large", "4xlarge")],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.InstanceClasses.html",
    date: "2026-11",
  },
  "sqlserver-ex": {
    classes: family("t3", "small", "2xlarge"),
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.InstanceClasses.html",
    date: "2026-11",
  },
  "sqlserver-se": {
    classes: [...family("t3", "xlarge", "2xlarge"), ...family("m5", "large", "8xlarge"), ...family("r5", "large", "8xlarge")],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.InstanceClasses.html",
    date: "2026-11",
  },
};

/**
 * Whether Performance Insights runs on a class: not on the smallest of MySQL and MariaDB.
 * Source: Amazon RDS user guide, "DB engine, Region, and instance class support for Database Insights" (2026-11).
 */
export function hasPerformanceInsights(engine: RdsEngine, instanceClass: string): boolean {
  return !((engine === "mysql" || engine === "mariadb") && /\.(micro|small)$/.test(instanceClass));
}

/** Classes that some engines cannot have, and why. */
export interface ClassExclusion extends Fact {
  readonly engines: RegExp;
  readonly classes: RegExp;
  /** To be read after the name of the class. */
  readonly why: string;
}

/** What is known not to fit; a class that nothing here names may fit or not. */
export const CLASS_EXCLUSIONS: readonly ClassExclusion[] = [
  {
    engines: /^(?!aurora-)/,
    classes: /^db\.serverless$/,
    why: "is a class of Aurora alone",
    ...AURORA_SUPPORT,
  },
  {
    engines: /^(oracle|sqlserver|db2)-/,
    classes: /^db\.(t4g|[mrcx]\d+g[dn]?)\./,
    why: "is Graviton, which runs no commercial engine",
    ...SUPPORT,
  },
  {
    engines: /^aurora-/,
    classes: /^db\.m\d/,
    why: "is a general-purpose class, which Aurora does not have",
    ...AURORA_SUPPORT,
  },
  {
    engines: /^aurora-/,
    classes: /^db\.t(3|4g)\.(nano|micro|small|xlarge|2xlarge)$/,
    why: "is not a size of this family that Aurora has: it has medium and large",
    ...AURORA_SUPPORT,
  },
  {
    engines: /^sqlserver-ex$/,
    classes: /^db\.(?!t3\.(micro|small|medium|large|xlarge|2xlarge)$)/,
    why: "is too large for the Express edition, which runs on db.t3 to 2xlarge",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.InstanceClasses.html",
    date: "2026-11",
  },
  {
    engines: /./,
    classes: /^db\.(t1|t2|m1|m2|m3|m4|r3|r4)\./,
    why: "is of a retired family",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html",
    date: "2026-11",
  },
];
