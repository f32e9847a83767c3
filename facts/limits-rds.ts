import { type RdsEngine } from "./engine-versions";
import { type Fact, type Limit } from "./row";

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const DATE = "2026-11";

/** What RDS takes; sizes of storage in MiB. */
export const RDS_LIMITS = {
  /** Characters of the identifier of an instance or cluster. */
  identifierLength: { value: 63, unit: "count", adjustable: false, source: `${GUIDE}/CHAP_Limits.html`, date: DATE },
  /** Days of automatic backups. */
  backupDays: {
    value: 35,
    unit: "count",
    adjustable: false,
    source: `${GUIDE}/USER_WorkingWithAutomatedBackups.BackupRetention.html`,
    date: DATE,
  },
  /** Least gp3 storage of an instance. */
  leastStorage: { value: 20 * 1024, unit: "MiB", adjustable: false, source: `${GUIDE}/CHAP_Storage.html`, date: DATE },
  /** Most gp3 storage of an instance. */
  mostStorage: { value: 65_536 * 1024, unit: "MiB", adjustable: false, source: `${GUIDE}/CHAP_Storage.html`, date: DATE },
  /** Most gp3 storage of an instance of SQL Server. */
  mostStorageSqlServer: { value: 16_384 * 1024, unit: "MiB", adjustable: false, source: `${GUIDE}/CHAP_Storage.html`, date: DATE },
  /** How much above the storage its automatic maximum must be, in percent. */
  leastGrowthPercent: { value: 10, unit: "count", adjustable: false, source: `${GUIDE}/USER_PIOPS.Autoscaling.html`, date: DATE },
} as const satisfies Readonly<Record<string, Limit>>;

/** How long names may be, in characters. */
export interface NameLimits extends Fact {
  readonly database: number;
  readonly user: number;
}

const POSTGRES: NameLimits = {
  database: 63,
  user: 63,
  source: "https://www.postgresql.org/docs/17/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
  date: DATE,
};
const MYSQL: NameLimits = { database: 64, user: 32, source: "https://dev.mysql.com/doc/refman/8.4/en/identifier-length.html", date: DATE };
const SQL_SERVER: NameLimits = {
  database: 128,
  user: 128,
  source: "https://learn.microsoft.com/en-us/sql/relational-databases/databases/database-identifiers",
  date: DATE,
};

/** How long names of databases and users may be; for Oracle of schemas, in bytes. */
export const NAME_LIMITS: Readonly<Record<RdsEngine, NameLimits>> = {
  "aurora-postgresql": POSTGRES,
  postgres: POSTGRES,
  "aurora-mysql": MYSQL,
  mysql: MYSQL,
  mariadb: {
    database: 64,
    user: 128,
    source: "https://mariadb.com/docs/server/reference/sql-structure/sql-language-structure/identifier-names",
    date: DATE,
  },
  "oracle-se2": {
    database: 128,
    user: 128,
    source: "https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/Database-Object-Names-and-Qualifiers.html",
    date: DATE,
  },
  "sqlserver-ex": SQL_SERVER,
  "sqlserver-se": SQL_SERVER,
};
