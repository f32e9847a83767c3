import { type RdsEngine } from "../../../facts/engine-versions";
import { type RELATIONAL_KINDS } from "../../service/needs";

/** A relational engine as services ask for it. */
export type RelationalKind = (typeof RELATIONAL_KINDS)[number];
export type AuroraKind = Extract<RelationalKind, "aurora-postgres" | "aurora-mysql">;
export type InstanceKind = Exclude<RelationalKind, AuroraKind>;

/** Who pays the vendor: RDS with the hour, or a contract of one's own. */
export type LicenceModel = "license-included" | "bring-your-own-license";

/** A parameter that turns something on that the engine leaves off. */
interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod?: "pending-reboot";
}

/** An option that the engine needs to be told of, with its settings. */
interface Option {
  readonly optionName: string;
  readonly optionSettings: readonly { readonly name: string; readonly value: string }[];
}

/** What differs between engines in how they are declared. */
export interface EngineTraits {
  /** Engine of RDS by how durable the environment is: SQL Server's free edition has no Multi-AZ. */
  readonly engine: { readonly ephemeral: RdsEngine; readonly durable: RdsEngine };
  /** Port that services and the function of users connect to; only TLS is spoken there. */
  readonly port: number;
  readonly parameters: readonly Parameter[];
  /** Options besides those of the network. Default: none. */
  readonly options?: readonly Option[];
  /** Logs that are sent to CloudWatch, by engine of RDS. */
  readonly logs: (engine: RdsEngine) => readonly string[];
  /** Whether users can sign in with an IAM token. */
  readonly iam: boolean;
  /** Kind of proxy that RDS has for it with IAM from end to end; absent where it has none. */
  readonly proxyFamily?: "POSTGRESQL" | "MYSQL";
  /** Entry file of the function that makes its users. */
  readonly functionFile: string;
  /** Names of databases that the engine keeps for itself. */
  readonly reservedDatabases: readonly string[];
  /** Licences to choose from; empty where there is nothing to choose. */
  readonly licences: readonly LicenceModel[];
}

/** User that RDS makes with every server; only the function of users signs in as it. */
export const MASTER_USER = "strata";

const FUNCTIONS = "functions/database-users";
const SLOW_QUERIES: readonly Parameter[] = [
  { name: "slow_query_log", value: "1" },
  { name: "long_query_time", value: "2" },
  { name: "log_output", value: "FILE" },
];

/** Who connects and who changes tables or rights; what is only read or written would be a line for each statement. */
const AUDITED = ["CONNECT", "QUERY_DDL", "QUERY_DCL"].join(",");

/** One name for what a service of RDS for Oracle listens as, so that it needs no argument; it names nothing that services see. */
export const ORACLE_SERVICE = "ORCL";
/** Port that the SSL option of Oracle listens on; its plain port stays closed. */
export const ORACLE_TLS_PORT = 2484;

function same(engine: RdsEngine): EngineTraits["engine"] {
  return { ephemeral: engine, durable: engine };
}

const POSTGRES = {
  port: 5432,
  parameters: [{ name: "rds.force_ssl", value: "1" }],
  iam: true,
  proxyFamily: "POSTGRESQL",
  functionFile: `${FUNCTIONS}/postgres.ts`,
  reservedDatabases: ["postgres", "template0", "template1", "rdsadmin"],
  licences: [],
} as const;

const MYSQL_FAMILY = {
  port: 3306,
  iam: true,
  reservedDatabases: ["mysql", "sys", "information_schema", "performance_schema", "innodb", "tmp"],
  licences: [],
} as const;

/** Every engine by the name that services ask with. */
export const ENGINES: Readonly<Record<RelationalKind, EngineTraits>> = {
  "aurora-postgres": { ...POSTGRES, engine: same("aurora-postgresql"), logs: () => ["postgresql"] },
  "aurora-mysql": {
    ...MYSQL_FAMILY,
    engine: same("aurora-mysql"),
    parameters: [
      { name: "require_secure_transport", value: "ON" },
      { name: "server_audit_logging", value: "1" },
      { name: "server_audit_events", value: AUDITED },
      ...SLOW_QUERIES,
    ],
    logs: () => ["audit", "error", "slowquery"],
    proxyFamily: "MYSQL",
    functionFile: `${FUNCTIONS}/mysql.ts`,
  },
  postgres: { ...POSTGRES, engine: same("postgres"), logs: () => ["postgresql", "upgrade"] },
  mysql: {
    ...MYSQL_FAMILY,
    engine: same("mysql"),
    parameters: [{ name: "require_secure_transport", value: "1" }, ...SLOW_QUERIES],
    logs: () => ["error", "slowquery"],
    proxyFamily: "MYSQL",
    functionFile: `${FUNCTIONS}/mysql.ts`,
  },
  mariadb: {
    ...MYSQL_FAMILY,
    engine: same("mariadb"),
    parameters: [{ name: "require_secure_transport", value: "1" }, ...SLOW_QUERIES],
    options: [{ optionName: "MARIADB_AUDIT_PLUGIN", optionSettings: [{ name: "SERVER_AUDIT_EVENTS", value: AUDITED }] }],
    logs: () => ["audit", "error", "slowquery"],
    functionFile: `${FUNCTIONS}/mariadb.ts`,
  },
  oracle: {
    engine: same("oracle-se2"),
    port: ORACLE_TLS_PORT,
    parameters: [],
    logs: () => ["alert", "listener"],
    iam: false,
    functionFile: `${FUNCTIONS}/oracle.ts`,
    reservedDatabases: ["sys", "system", "public", "rdsadmin", "outln", "dbsnmp", "xdb", "audsys", "ctxsys", "mdsys"],
    licences: ["license-included", "bring-your-own-license"],
  },
  sqlserver: {
    engine: { ephemeral: "sqlserver-ex", durable: "sqlserver-se" },
    port: 1433,
    parameters: [{ name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" }],
    // SQL Server Express has no agent.
    logs: (engine) => (engine === "sqlserver-ex" ? ["error"] : ["agent", "error"]),
    iam: false,
    functionFile: `${FUNCTIONS}/sqlserver.ts`,
    reservedDatabases: ["master", "model", "msdb", "tempdb", "rdsadmin"],
    licences: ["license-included"],
  },
};

/** Name of a store as the engines take it: Oracle and SQL want no hyphen. */
export function databaseNameOf(storeName: string): string {
  return storeName.replace(/-/g, "_");
}

/** Users of a service: two that take turns with a password, and one that signs in with an IAM token. */
export interface UserNames {
  readonly passwordUsers: readonly [string, string];
  readonly iamUser: string;
}

/** The suffixes keep the names apart from each other, from the groups of a database and from the master user. */
export function userNames(service: string): UserNames {
  const stem = databaseNameOf(service);
  return { passwordUsers: [`${stem}_a`, `${stem}_b`], iamUser: `${stem}_iam` };
}
