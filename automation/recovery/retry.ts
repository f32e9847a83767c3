import { backOff } from "exponential-backoff";
import { UpdateFailed } from "../errors";
import { type Report } from "./state";
import { transientBecause } from "./transient";

/** How often and how far apart an update is tried. */
export interface RetryOptions {
  /** At the most, the first one counted. Default: 3. */
  readonly attempts?: number;
  /** Longest pause before the second; then twice that, with jitter. Default: 30 seconds, because the provider has tried for long before it gave up. */
  readonly firstPauseMs?: number;
}

/** Whether an error comes of nothing but failures that go away by themselves; says so. */
function isWorthAnother(error: unknown, report: Report): boolean {
  if (!(error instanceof UpdateFailed) || error.failed.length === 0) return false;
  const reasons = error.failed.map((failure) => [failure, transientBecause(failure)] as const);
  if (reasons.some(([, because]) => because === undefined)) return false;
  for (const [{ urn }, because] of reasons)
    report({ action: "retried", urn, message: `${urn} failed because ${because ?? ""}; it is tried again` });
  return true;
}

/**
 * Runs an update, and runs it again while everything that fails in it goes away by itself. What the update did stays done: the next one goes on from there.
 * @throws what the last run threw, at once when anything in it is not transient.
 */
export async function retrying<T>(update: () => Promise<T>, report: Report, options: RetryOptions = {}): Promise<T> {
  const { attempts = 3, firstPauseMs = 30_000 } = options;
  return backOff(update, {
    numOfAttempts: attempts,
    startingDelay: firstPauseMs,
    timeMultiple: 2,
    jitter: "full",
    retry: (error: unknown, attempt) => attempt < attempts && isWorthAnother(error, report),
  });
}
