/** An engine version that is pinned, so that two environments never differ by the day they were made on. */
export interface EngineVersion {
  readonly engine: string;
  readonly version: string;
  /** Parameter group family. */
  readonly family: string;
  readonly source: string;
  readonly date: string;
}

/** Aurora PostgreSQL; from 16.3 on a serverless v2 cluster can pause at 0 ACU. */
export const AURORA_POSTGRES = {
  engine: "aurora-postgresql",
  version: "17.5",
  family: "aurora-postgresql17",
  source: "Amazon Aurora user guide, 'Aurora PostgreSQL releases' and 'Scaling to zero ACUs'",
  date: "2026-11",
} as const satisfies EngineVersion;
