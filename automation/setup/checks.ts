/** What a check came to. `unknown` is never fine: it says why nobody looked. */
export type Verdict = "fine" | "wrong" | "unknown";

/** One line of `strata doctor`. */
export interface Check {
  /** What was looked at, in a few words. */
  readonly what: string;
  readonly verdict: Verdict;
  /** What was found; for `unknown`, why it was not. */
  readonly found: string;
  /** How to mend it; absent when there is nothing to mend. */
  readonly mend?: string;
}

/** Of a check that could not be made: `not checked: why`. */
export function notChecked(what: string, error: unknown, mend?: string): Check {
  const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
  return { what, verdict: "unknown", found: `not checked: ${why}`, ...(mend !== undefined && { mend }) };
}
