import { type CloudSearch } from "./cloud-search";
import { type LockOptions, releaseDead } from "./locks";
import { type LockStore } from "./lock-store";
import { settle, type Settled, type SettleOptions } from "./settle";
import { type Report, type StateAccess } from "./state";

/** What a stack is recovered with. */
export interface Recoverable {
  readonly environment: string;
  readonly stack: StateAccess;
  /** Where the back end keeps its locks. */
  readonly locks: LockStore;
  readonly cloud: CloudSearch;
}

export type RecoverOptions = SettleOptions & LockOptions;

/**
 * What comes before every operation that changes a stack: the locks of those who are gone are released, and what they left pending is settled.
 * A stack that was left in good order costs one listing of locks and one export.
 * @throws {LockedByAnother} when somebody is at work.
 * @throws {UndecidedOperations} when a person has to look.
 */
export async function recover(
  { environment, stack, locks, cloud }: Recoverable,
  report: Report,
  options: RecoverOptions,
): Promise<readonly Settled[]> {
  await releaseDead(environment, locks, report, options);
  return settle(stack, cloud, report, options);
}
