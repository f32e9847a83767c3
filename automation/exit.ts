/** What the command's exit code says. */
export const EXIT = {
  ok: 0,
  /** What a person wrote is wrong: the configuration, the catalogue, the command's own words. */
  badInput: 1,
  /** A mandatory policy rule is broken. */
  policyViolation: 2,
  /** There is no Pulumi engine, or one that is too old. */
  engineMissing: 3,
  backEndUnreachable: 4,
  wrongPassphrase: 5,
  /** There is no stack file of that name, or the back end has no stack of it. */
  unknownEnvironment: 6,
  stateCorrupted: 7,
  /** AWS or the back end does not take the credentials, or there are none. */
  credentialsExpired: 8,
  diskFull: 9,
  lockedByAnother: 10,
  /** Something that keeps data would be replaced or deleted, and nobody named it. */
  wouldReplaceState: 11,
  overBudget: 12,
  /** The engine ended with an error: a resource failed. */
  updateFailed: 13,
  /** The engine was killed, or ended without a word. */
  engineKilled: 14,
  /** Nobody said yes. */
  notConfirmed: 15,
  /** `drift` found that the cloud differs from the state. */
  drifted: 16,
  /** `doctor` found something that has to be mended. */
  notReady: 17,
  /** A rehearsal found something wrong. */
  rehearsalFailed: 18,
  /** The program itself failed; a bug. */
  internal: 70,
  /** Somebody stopped it: Ctrl-C, or SIGTERM. */
  stopped: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each exit code means, as a person reads it. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "fine",
  badInput: "something you wrote is wrong",
  policyViolation: "a mandatory policy is broken",
  engineMissing: "there is no Pulumi engine",
  backEndUnreachable: "the back end of the state is out of reach",
  wrongPassphrase: "the passphrase or key of the secrets is wrong",
  unknownEnvironment: "there is no such environment",
  stateCorrupted: "the state cannot be read",
  credentialsExpired: "the credentials are missing, wrong or expired",
  diskFull: "the disk is full",
  lockedByAnother: "somebody else is changing the environment",
  wouldReplaceState: "data would be lost, and nobody agreed to it",
  overBudget: "it would cost more than the budget",
  updateFailed: "a resource failed",
  engineKilled: "the engine was killed",
  notConfirmed: "nobody said yes",
  drifted: "the cloud differs from the state",
  notReady: "something has to be mended first",
  rehearsalFailed: "a rehearsal did not pass",
  internal: "a bug",
  stopped: "stopped",
};

/** The codes as a list, for help and documents: `0 fine, 1 something you wrote is wrong, …`. */
export function exitCodes(): readonly { readonly code: ExitCode; readonly meaning: string }[] {
  return (Object.keys(EXIT) as (keyof typeof EXIT)[]).map((key) => ({ code: EXIT[key], meaning: EXIT_MEANINGS[key] }));
}
