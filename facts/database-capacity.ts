import { type Fact } from "./row";

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const AURORA = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide";
const DATE = "2026-11";

const GIB = 1_073_741_824;

/** GiB of memory of the smallest sizes of a family; from `large` on each size has twice the memory of the one before. */
const SMALL_MEMORY: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4 };
const LARGE_MEMORY: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16 };
const CLASS = /^db\.([a-z])\d+[a-z]*\.(\d*)(micro|small|medium|large|xlarge)$/;

/** Where the memory of instance classes is from. */
export const CLASS_MEMORY: Fact = { source: `${GUIDE}/Concepts.DBInstanceClass.Summary.html`, date: DATE };

/**
 * GiB of memory of an instance class.
 * @throws {Error} for a class of a family that this project does not know.
 */
export function classMemory(instanceClass: string): number {
  const [, family = "", times = "", size = ""] = CLASS.exec(instanceClass) ?? [];
  const small = SMALL_MEMORY[size];
  if (small !== undefined) return small;
  const large = LARGE_MEMORY[family];
  if (large === undefined) throw new Error(`the memory of ${instanceClass} is not known`);
  return size === "large" ? large : large * 2 * (times === "" ? 1 : Number(times));
}

/** CPU credits that a burstable class earns an hour. */
export const CLASS_CREDITS = {
  micro: { hourly: 12, source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html", date: DATE },
  small: { hourly: 24, source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html", date: DATE },
  medium: {
    hourly: 24,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html",
    date: DATE,
  },
  large: { hourly: 36, source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html", date: DATE },
  xlarge: {
    hourly: 96,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html",
    date: DATE,
  },
  "2xlarge": {
    hourly: 192,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html",
    date: DATE,
  },
} as const satisfies Readonly<Record<string, Fact & { readonly hourly: number }>>;

/** CPU credits that an instance earns an hour; undefined when its class has none to count. */
export function hourlyCredits(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = /\.(t\d[a-z]*)\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  const credits: Readonly<Record<string, { readonly hourly: number }>> = CLASS_CREDITS;
  return family === "" ? undefined : credits[size]?.hourly;
}

/** How an engine comes to its most connections from its memory in bytes. */
interface ConnectionRule extends Fact {
  readonly most: (bytes: number) => number;
}

const QUOTAS = { source: `${GUIDE}/CHAP_Limits.html#RDS_Limits.MaxConnections`, date: DATE } as const;

/** Default of `max_connections` (Oracle: `processes`; SQL Server: `user connections`) by engine. */
export const CONNECTION_RULES = {
  "aurora-postgres": {
    most: (bytes) => Math.min(bytes / 9_531_392, 5_000),
    source: `${AURORA}/AuroraPostgreSQL.Managing.html#AuroraPostgreSQL.Managing.MaxConnections`,
    date: DATE,
  },
  "aurora-mysql": {
    most: (bytes) => Math.max(Math.log2(bytes / 805_306_368) * 45, Math.log2(bytes / 8_187_281_408) * 1_000),
    source: `${AURORA}/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections`,
    date: DATE,
  },
  postgres: { most: (bytes) => Math.min(bytes / 9_531_392, 5_000), ...QUOTAS },
  mysql: { most: (bytes) => Math.min(bytes / 12_582_880, 16_000), ...QUOTAS },
  mariadb: { most: (bytes) => Math.min(bytes / 25_165_760, 12_000), ...QUOTAS },
  oracle: { most: (bytes) => Math.min(bytes / 9_868_951, 20_000), ...QUOTAS },
  sqlserver: { most: () => 32_767, ...QUOTAS },
} as const satisfies Readonly<Record<string, ConnectionRule>>;

/** What RDS keeps of an instance's memory for itself. It is not documented; this is more than was seen, so that alarms come rather early. */
const RDS_SHARE = 0.1;
const RDS_LEAST_GIB = 0.35;
/** Most connections of Aurora PostgreSQL that may fall to 0.5 ACU or pause (Aurora user guide, "Setting the capacity range", 2026-11). */
export const PAUSING_CONNECTIONS = { value: 2_000, source: `${AURORA}/aurora-serverless-v2.setting-capacity.html`, date: DATE } as const;

/** Connections that a database of this much memory takes at most, rather too few than too many. */
export function mostConnections(kind: keyof typeof CONNECTION_RULES, gib: number): number {
  const usable = gib - Math.max(gib * RDS_SHARE, RDS_LEAST_GIB);
  return Math.floor(CONNECTION_RULES[kind].most(usable * GIB));
}
