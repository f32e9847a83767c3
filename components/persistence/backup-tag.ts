import { type PlatformContext } from "../platform-context";

/** Tag that puts a store into the backups of its environment. */
export const BACKUP_TAG = "strata:backup";

/**
 * How a store is backed up: `copied` also to the other region, `local` only in its own, because AWS Backup copies not every kind
 * of store to another region.
 */
export type BackupScope = "copied" | "local";

/** The tags of a store that is backed up in a durable environment; none where losing data is allowed. */
export function backupTag({ durable }: PlatformContext, scope: BackupScope): Record<string, string> | undefined {
  return durable ? { [BACKUP_TAG]: scope } : undefined;
}
