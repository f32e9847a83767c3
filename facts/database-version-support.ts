import { type Fact } from "./row";

/** How long RDS looks after a major version of an engine that has extended support. The day is the last of standard support. */
export interface DatabaseVersionSupport extends Fact {
  readonly standardUntil: string;
}

const POSTGRES = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
  date: "2026-11",
} as const;
const AURORA_POSTGRES = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html",
  date: "2026-11",
} as const;
const MYSQL = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html",
  date: "2026-11",
} as const;
const AURORA_MYSQL = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html",
  date: "2026-11",
} as const;

/**
 * By engine and major version. Extended support is charged for each vCPU hour of these engines; MariaDB, Oracle and SQL Server have none: RDS upgrades
 * them. Aurora MySQL names its versions by the MySQL they are compatible with.
 */
export const DATABASE_VERSION_SUPPORT: Readonly<Record<string, Readonly<Record<string, DatabaseVersionSupport>>>> = {
  postgres: {
    "11": { standardUntil: "2024-02-29", ...POSTGRES },
    "12": { standardUntil: "2025-02-28", ...POSTGRES },
    "13": { standardUntil: "2026-02-28", ...POSTGRES },
    "14": { standardUntil: "2027-02-28", ...POSTGRES },
    "15": { standardUntil: "2028-02-29", ...POSTGRES },
    "16": { standardUntil: "2029-02-28", ...POSTGRES },
    "17": { standardUntil: "2030-02-28", ...POSTGRES },
  },
  "aurora-postgresql": {
    "11": { standardUntil: "2024-02-29", ...AURORA_POSTGRES },
    "12": { standardUntil: "2025-02-28", ...AURORA_POSTGRES },
    "13": { standardUntil: "2026-02-28", ...AURORA_POSTGRES },
    "14": { standardUntil: "2027-02-28", ...AURORA_POSTGRES },
    "15": { standardUntil: "2028-02-29", ...AURORA_POSTGRES },
    "16": { standardUntil: "2029-02-28", ...AURORA_POSTGRES },
    "17": { standardUntil: "2030-02-28", ...AURORA_POSTGRES },
  },
  mysql: {
    "5.7": { standardUntil: "2024-02-29", ...MYSQL },
    "8.0": { standardUntil: "2026-07-31", ...MYSQL },
    "8.4": { standardUntil: "2029-07-31", ...MYSQL },
  },
  "aurora-mysql": {
    "5.7": { standardUntil: "2024-10-31", ...AURORA_MYSQL },
    "8.0": { standardUntil: "2028-04-30", ...AURORA_MYSQL },
  },
};
