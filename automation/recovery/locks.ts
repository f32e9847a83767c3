import { UserError } from "../../components/faults";
import { LockedByAnother, type LockHolder } from "../errors";
import { type Lock, ownerState, type OwnerState } from "./lock-owner";
import { type LockStore } from "./lock-store";
import { type Report } from "./state";

/** How locks are looked at. */
export interface LockOptions {
  /** Id of a lock that a person says may be taken by force. */
  readonly breakLock?: string;
  /** Default: by this machine's processes. */
  readonly stateOf?: (lock: Lock) => OwnerState;
}

function holder({ id, pid, username, hostname, timestamp }: Lock): LockHolder {
  return { who: `${username}@${hostname} (pid ${pid})`, since: timestamp, lock: id };
}

/**
 * Releases the locks of a stack whose owners are gone. It takes away those and no other, whereas `pulumi cancel` takes all, also that of a colleague
 * who has just begun. Source: `CancelCurrentUpdate` in pkg/backend/diy/backend.go of pulumi 3.260 (2026-11-26).
 * @throws {LockedByAnother} when somebody works, or works on another machine, so that nobody here can tell.
 * @throws {UserError} when the lock that may be broken is not there.
 */
export async function releaseDead(environment: string, store: LockStore, report: Report, options: LockOptions = {}): Promise<void> {
  const { breakLock, stateOf = ownerState } = options;
  const locks = await store.list();
  if (breakLock !== undefined && !locks.some(({ id }) => id === breakLock)) {
    const there = locks.length === 0 ? "nobody holds one" : `there is ${locks.map(({ id }) => id).join(", ")}`;
    throw new UserError(`--break-lock ${breakLock}: ${environment} has no such lock; ${there}`);
  }
  const dead = locks.filter((lock) => stateOf(lock) === "gone");
  const broken = locks.filter((lock) => lock.id === breakLock && !dead.includes(lock));
  for (const lock of [...dead, ...broken]) {
    await store.release(lock.id);
    const why = dead.includes(lock) ? "its owner is gone" : "somebody said so";
    report({ action: "lock-released", message: `released the lock of ${holder(lock).who} since ${lock.timestamp}: ${why}` });
  }
  const held = locks.filter((lock) => !dead.includes(lock) && !broken.includes(lock));
  if (held.length > 0) throw new LockedByAnother(environment, held.map(holder));
  for (const file of (await store.mend?.()) ?? [])
    report({ action: "mended", message: `took away ${file}, which a write that did not end left half done` });
}
