import { type Fact } from "./row";

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const DATE = "2026-11";

/** What an engine takes that another one refuses. */
export interface EngineRules extends Fact {
  /** Log types it can send to CloudWatch Logs. */
  readonly logs: readonly string[];
  /** License models it runs under. */
  readonly licenses: readonly string[];
  /** Most characters of the password of the master user; the fewest are 8. */
  readonly password: number;
  /** Names its master user cannot have, in lower case. */
  readonly reservedUsers: readonly string[];
  /** What the name of its first database looks like; absent where it takes no name. */
  readonly databaseName?: RegExp;
  /** The family of an RDS proxy in front of it; absent where no proxy can be. */
  readonly proxy?: "POSTGRESQL" | "MYSQL" | "SQLSERVER";
}

const SOURCE = { source: `${API}/API_CreateDBInstance.html`, date: DATE } as const;
const CLUSTER_SOURCE = { source: `${API}/API_CreateDBCluster.html`, date: DATE } as const;

const POSTGRES = {
  licenses: ["postgresql-license"],
  reservedUsers: ["admin", "rdsadmin", "rdsrepladmin", "rds_superuser", "user", "public", "none"],
  databaseName: /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
  proxy: "POSTGRESQL",
} as const;
const MYSQL = {
  licenses: ["general-public-license"],
  password: 41,
  reservedUsers: ["rdsadmin", "rdsrepladmin", "rdsproxyadmin", "root"],
  databaseName: /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
  proxy: "MYSQL",
} as const;
const ORACLE = {
  logs: ["alert", "audit", "listener", "oemagent", "trace"],
  password: 30,
  reservedUsers: ["sys", "system", "rdsadmin", "public", "sysdba"],
  databaseName: /^[A-Za-z][A-Za-z0-9]{0,7}$/,
  ...SOURCE,
} as const;
const SQL_SERVER = {
  logs: ["agent", "error"],
  licenses: ["license-included"],
  password: 128,
  reservedUsers: ["sa", "rdsadmin", "administrator", "public", "guest", "dbo", "sysadmin"],
  proxy: "SQLSERVER",
  ...SOURCE,
} as const;
const DB2 = {
  logs: ["diag.log", "notify.log"],
  licenses: ["bring-your-own-license", "marketplace-license"],
  password: 255,
  reservedUsers: ["rdsadmin", "public", "users", "guests", "local"],
  databaseName: /^[A-Za-z][A-Za-z0-9]{0,7}$/,
  ...SOURCE,
} as const;

/** Engines of RDS by the name it has for them. Log types: the user guide's "Publishing database logs to Amazon CloudWatch Logs". */
export const RDS_ENGINE_RULES: Readonly<Record<string, EngineRules>> = {
  "aurora-postgresql": { ...POSTGRES, logs: ["postgresql", "instance", "iam-db-auth-error"], password: 99, ...CLUSTER_SOURCE },
  "aurora-mysql": { ...MYSQL, logs: ["audit", "error", "general", "slowquery", "instance", "iam-db-auth-error"], ...CLUSTER_SOURCE },
  postgres: { ...POSTGRES, logs: ["postgresql", "upgrade", "iam-db-auth-error"], password: 128, ...SOURCE },
  mysql: { ...MYSQL, logs: ["audit", "error", "general", "slowquery", "iam-db-auth-error"], ...SOURCE },
  mariadb: { ...MYSQL, logs: ["audit", "error", "general", "slowquery", "iam-db-auth-error"], ...SOURCE },
  "oracle-ee": { ...ORACLE, licenses: ["bring-your-own-license"] },
  "oracle-ee-cdb": { ...ORACLE, licenses: ["bring-your-own-license"] },
  "oracle-se2": { ...ORACLE, licenses: ["license-included", "bring-your-own-license"] },
  "oracle-se2-cdb": { ...ORACLE, licenses: ["license-included", "bring-your-own-license"] },
  "sqlserver-ee": SQL_SERVER,
  "sqlserver-se": SQL_SERVER,
  "sqlserver-web": SQL_SERVER,
  "sqlserver-ex": SQL_SERVER,
  "db2-ae": DB2,
  "db2-se": DB2,
};

/** Editions without a standby in another zone. */
export const SINGLE_ZONE_EDITIONS = {
  engines: ["sqlserver-ex"],
  source: `${GUIDE}/USER_SQLServerMultiAZ.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** Engines of a DB cluster whose readers are made with it (`dbClusterInstanceClass`). */
export const MULTI_AZ_CLUSTER_ENGINES = {
  engines: ["mysql", "postgres"],
  source: `${GUIDE}/multi-az-db-clusters-concepts.html`,
  date: DATE,
} as const satisfies Fact & Record<string, unknown>;

/** Characters a master password cannot have, and the fewest it has. */
export const RDS_PASSWORD = { least: 8, forbidden: /[/"@ ]|[^\x21-\x7e]/, ...SOURCE } as const satisfies Fact & Record<string, unknown>;

/** The user name of a master user, of whatever engine. */
export const RDS_USER = { pattern: /^[A-Za-z][A-Za-z0-9_]*$/, ...SOURCE } as const satisfies Fact & Record<string, unknown>;

/** Identifiers of instances, clusters and final snapshots: letters, digits and single hyphens, a letter first and no hyphen last. */
export const RDS_IDENTIFIER = {
  pattern: /^[A-Za-z](?:-?[A-Za-z0-9])*$/,
  snapshotLength: 255,
  ...SOURCE,
} as const satisfies Fact & Record<string, unknown>;

/** Seconds between two measurements of enhanced monitoring; 0 is off. */
export const MONITORING_INTERVALS = { seconds: [0, 1, 5, 10, 15, 30, 60], ...SOURCE } as const satisfies Fact & Record<string, unknown>;

/** Days Performance Insights keeps: 7, months of 31 days, or two years. */
export const INSIGHTS_DAYS = {
  days: [7, ...Array.from({ length: 23 }, (_, month) => (month + 1) * 31), 731],
  ...SOURCE,
} as const satisfies Fact & Record<string, unknown>;
