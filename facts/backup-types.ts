import { type Fact } from "./row";

/** A kind of store as AWS Backup knows it. */
export interface BackupType extends Fact {
  /** Service as ARNs name it. */
  readonly service: "dynamodb" | "rds" | "redshift" | "redshift-serverless" | "s3";
  /** What the rest of an ARN looks like. */
  readonly resource: string;
  /** True when a plan may copy its backups to another region. */
  readonly crossRegion: boolean;
}

const RESOURCES = {
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html",
  date: "2026-11",
} as const;

/**
 * Stores of this project that AWS Backup backs up. DynamoDB is copied with its advanced features on, as they are by default in an account that
 * first used AWS Backup after November 2021. Redshift copies its own snapshots instead.
 */
export const BACKUP_TYPES = {
  table: { service: "dynamodb", resource: "table/*", crossRegion: true, ...RESOURCES },
  cluster: { service: "rds", resource: "cluster:*", crossRegion: true, ...RESOURCES },
  instance: { service: "rds", resource: "db:*", crossRegion: true, ...RESOURCES },
  bucket: { service: "s3", resource: "*", crossRegion: true, ...RESOURCES },
  warehouse: { service: "redshift", resource: "cluster:*", crossRegion: false, ...RESOURCES },
  "serverless-warehouse": { service: "redshift-serverless", resource: "namespace/*", crossRegion: false, ...RESOURCES },
} as const satisfies Readonly<Record<string, BackupType>>;
export type BackupKind = keyof typeof BACKUP_TYPES;
