/**
 * Where a store's first data comes from, the same words for every kind of store. See `docs/restore.md` for the whole way.
 *
 * It belongs to what the store *is*: giving it, changing it or taking it away replaces the store. So a store that was restored keeps it, and
 * in a durable environment the old one stays in the account, because it is protected and retained.
 */
export type RestoreFrom = SnapshotOrigin | MomentOrigin;

/** A snapshot or backup that exists. */
export interface SnapshotOrigin {
  /** ARN or identifier of the snapshot, as the service's own API takes it. */
  readonly snapshot: string;
}

/** A moment in the life of a store that has point-in-time recovery. */
export interface MomentOrigin {
  /** ARN of the store to read from; it may be the one that is replaced. */
  readonly source: string;
  /** `latest`, or a moment in UTC as RFC 3339 writes it: `2026-11-23T10:00:00Z`. */
  readonly at: string;
}

/** True when the data comes from a snapshot. */
export function isSnapshot(origin: RestoreFrom): origin is SnapshotOrigin {
  return "snapshot" in origin;
}

/** The `at` that means the last moment there is. */
export const LATEST = "latest";
