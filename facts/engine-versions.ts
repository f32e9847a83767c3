import { type Fact } from "./row";

/** An engine version that is pinned, so that two environments never differ by the day they were made on. */
export interface EngineVersion extends Fact {
  /** Name of the engine and its edition, as RDS spells it. */
  readonly engine: string;
  /** What is used unless another is asked for. */
  readonly version: string;
  /** Other versions of the same family that RDS is known to have; one that is not here may exist and is refused all the same. */
  readonly others: readonly string[];
  /** Parameter group family. */
  readonly family: string;
  /** Version as option groups name it. */
  readonly major: string;
}

const POSTGRES_CALENDAR = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
  date: "2026-11",
} as const;
const SQL_SERVER_VERSIONS = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.VersionSupport.html",
  date: "2026-11",
} as const;
const SQL_SERVER_2022 = {
  version: "16.00.4236.2.v1",
  others: ["16.00.4230.2.v1", "16.00.4225.2.v1", "16.00.4215.2.v1", "16.00.4210.1.v1", "16.00.4205.1.v1"],
  major: "16.00",
  ...SQL_SERVER_VERSIONS,
} as const;

/** The engines this platform knows, by the name RDS has for them. */
export const ENGINE_VERSIONS = {
  /** From 16.3 on a serverless v2 cluster can pause at 0 ACU (Aurora user guide, "Scaling to zero ACUs"). */
  "aurora-postgresql": {
    engine: "aurora-postgresql",
    version: "17.5",
    others: ["17.7", "17.6", "17.4"],
    family: "aurora-postgresql17",
    major: "17",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html",
    date: "2026-11",
  },
  /** 3.10 is a long-term support release; from 3.08 on a serverless v2 cluster can pause at 0 ACU. */
  "aurora-mysql": {
    engine: "aurora-mysql",
    version: "8.0.mysql_aurora.3.10.4",
    others: ["8.0.mysql_aurora.3.10.3", "8.0.mysql_aurora.3.10.0"],
    family: "aurora-mysql8.0",
    major: "8.0",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/doc-history.html",
    date: "2026-11",
  },
  postgres: {
    engine: "postgres",
    version: "17.9",
    others: ["17.8", "17.7", "17.6", "17.5"],
    family: "postgres17",
    major: "17",
    ...POSTGRES_CALENDAR,
  },
  /** 8.0 left standard support on 2026-07-31. */
  mysql: {
    engine: "mysql",
    version: "8.4.8",
    others: ["8.4.10", "8.4.9", "8.4.7", "8.4.6", "8.4.5"],
    family: "mysql8.4",
    major: "8.4",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html",
    date: "2026-11",
  },
  mariadb: {
    engine: "mariadb",
    version: "11.8.6",
    others: ["11.8.5", "11.8.3"],
    family: "mariadb11.8",
    major: "11.8",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html",
    date: "2026-11",
  },
  "oracle-se2": {
    engine: "oracle-se2",
    version: "19.0.0.0.ru-2025-01.rur-2025-01.r1",
    others: [],
    family: "oracle-se2-19",
    major: "19",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/OracleReleaseNotes/oracle-version-19-0.html",
    date: "2026-11",
  },
  "sqlserver-ex": { engine: "sqlserver-ex", family: "sqlserver-ex-16.0", ...SQL_SERVER_2022 },
  "sqlserver-se": { engine: "sqlserver-se", family: "sqlserver-se-16.0", ...SQL_SERVER_2022 },
} as const satisfies Readonly<Record<string, EngineVersion>>;

/** Name of an engine of the table. */
export type RdsEngine = keyof typeof ENGINE_VERSIONS;
