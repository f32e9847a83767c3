import { type Fact } from "./row";

/** Logs that an engine can send to CloudWatch. */
export interface DatabaseLogs extends Fact {
  /** What tells of failures and of who did what; without them nobody can say what happened. */
  readonly needed: readonly string[];
  /** All there are, with those that write down every statement or need a plugin. */
  readonly every: readonly string[];
}

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest";
const DATE = "2026-11";

const ORACLE: DatabaseLogs = {
  needed: ["alert", "listener"],
  every: ["alert", "audit", "listener", "trace"],
  source: `${GUIDE}/UserGuide/USER_LogAccess.Concepts.Oracle.html`,
  date: DATE,
};
const SQL_SERVER: DatabaseLogs = {
  needed: ["agent", "error"],
  every: ["agent", "error"],
  source: `${GUIDE}/UserGuide/USER_LogAccess.Concepts.SQLServer.html`,
  date: DATE,
};
const MYSQL = ["audit", "error", "general", "slowquery"];

/** By the engine as RDS spells it. */
export const DATABASE_LOGS: Readonly<Record<string, DatabaseLogs>> = {
  postgres: {
    needed: ["postgresql"],
    every: ["postgresql", "upgrade"],
    source: `${GUIDE}/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html`,
    date: DATE,
  },
  "aurora-postgresql": {
    needed: ["postgresql"],
    every: ["postgresql"],
    source: `${GUIDE}/AuroraUserGuide/AuroraPostgreSQL.CloudWatch.html`,
    date: DATE,
  },
  mysql: { needed: ["error"], every: MYSQL, source: `${GUIDE}/UserGuide/USER_MySQL.LogFileSize.html`, date: DATE },
  mariadb: { needed: ["audit", "error"], every: MYSQL, source: `${GUIDE}/UserGuide/USER_LogAccess.Concepts.MariaDB.html`, date: DATE },
  "aurora-mysql": {
    needed: ["audit", "error"],
    every: MYSQL,
    source: `${GUIDE}/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html`,
    date: DATE,
  },
  "oracle-ee": ORACLE,
  "oracle-ee-cdb": ORACLE,
  "oracle-se2": ORACLE,
  "oracle-se2-cdb": ORACLE,
  "sqlserver-ee": SQL_SERVER,
  "sqlserver-se": SQL_SERVER,
  "sqlserver-web": SQL_SERVER,
  // SQL Server Express has no agent.
  "sqlserver-ex": { ...SQL_SERVER, needed: ["error"], every: ["error"] },
  docdb: {
    needed: ["audit"],
    every: ["audit", "profiler"],
    source: "https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html",
    date: DATE,
  },
  neptune: {
    needed: ["audit"],
    every: ["audit", "slowquery"],
    source: "https://docs.aws.amazon.com/neptune/latest/userguide/cloudwatch-logs.html",
    date: DATE,
  },
};
