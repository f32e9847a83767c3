import { UserError } from "../components/faults";
import { EXIT, type ExitCode } from "./exit";

/**
 * Something that stops an operation, and that a person can mend. The message says what is wrong, then what to do; no stack trace is shown.
 * A tool tells them apart by class or by `name`, a shell by the exit code.
 */
export abstract class PlatformError extends UserError {
  /** What `strata` ends with. */
  abstract readonly exitCode: ExitCode;
}

/** There is no `pulumi` that can be run, or it is too old or too new. */
export class EngineMissing extends PlatformError {
  override readonly name = "EngineMissing";
  readonly exitCode = EXIT.engineMissing;
}

/** The back end of the state does not answer, or is not there. */
export class BackEndUnreachable extends PlatformError {
  override readonly name = "BackEndUnreachable";
  readonly exitCode = EXIT.backEndUnreachable;
}

/** The secrets of the environment cannot be decrypted: another passphrase, none, or a key that the caller may not use. */
export class WrongPassphrase extends PlatformError {
  override readonly name = "WrongPassphrase";
  readonly exitCode = EXIT.wrongPassphrase;
}

/** There is no stack file of the environment, or the back end has no stack of it. */
export class UnknownEnvironment extends PlatformError {
  override readonly name = "UnknownEnvironment";
  readonly exitCode = EXIT.unknownEnvironment;
}

/** The back end has a state that is no state. */
export class StateCorrupted extends PlatformError {
  override readonly name = "StateCorrupted";
  readonly exitCode = EXIT.stateCorrupted;
}

/** AWS, or the back end, does not take the credentials, or there are none. */
export class CredentialsExpired extends PlatformError {
  override readonly name = "CredentialsExpired";
  readonly exitCode = EXIT.credentialsExpired;
}

/** There is no room left where the engine writes. */
export class DiskFull extends PlatformError {
  override readonly name = "DiskFull";
  readonly exitCode = EXIT.diskFull;
}

/** Who holds a lock on a stack. */
export interface LockHolder {
  /** Such as `ana@ci-7 (pid 4711)`. */
  readonly who: string;
  /** Since when, in ISO 8601; absent where the back end does not say. */
  readonly since?: string;
  /** File or object of the lock, where there is one. */
  readonly lock?: string;
}

/** Somebody else changes the environment. */
export class LockedByAnother extends PlatformError {
  override readonly name = "LockedByAnother";
  readonly exitCode = EXIT.lockedByAnother;

  constructor(
    environment: string,
    readonly holders: readonly LockHolder[],
  ) {
    const who = holders.map((holder) => `${holder.who}${holder.since === undefined ? "" : ` since ${holder.since}`}`).join(", ");
    super(
      `${environment}: is being changed by ${who === "" ? "somebody else" : who}; wait until that ends, or, when its owner is gone, run strata cancel ${environment}`,
    );
  }
}

/** Something that keeps data would be replaced or deleted, and nobody named it. */
export class WouldReplaceState extends PlatformError {
  override readonly name = "WouldReplaceState";
  readonly exitCode = EXIT.wouldReplaceState;

  constructor(readonly findings: readonly { readonly urn: string; readonly message: string }[]) {
    super(findings.map(({ message }) => message).join("\n"));
  }
}

/** A mandatory policy is broken. */
export class PolicyViolation extends PlatformError {
  override readonly name = "PolicyViolation";
  readonly exitCode = EXIT.policyViolation;

  constructor(readonly findings: readonly { readonly urn?: string | undefined; readonly message: string }[]) {
    super(findings.map(({ message }) => message).join("\n"));
  }
}

/** It would cost more than the budget of the environment. */
export class OverBudget extends PlatformError {
  override readonly name = "OverBudget";
  readonly exitCode = EXIT.overBudget;
}

/** A step of an update that failed. */
export interface FailedStep {
  readonly urn: string;
  readonly op: string;
  readonly message: string;
}

/** The engine ended with an error: a resource failed, or the program did. */
export class UpdateFailed extends PlatformError {
  override readonly name = "UpdateFailed";
  readonly exitCode = EXIT.updateFailed;

  constructor(
    message: string,
    /** Resources that failed; none when the program itself did. */
    readonly failed: readonly FailedStep[] = [],
  ) {
    super(message);
  }
}

/** The engine was killed, or ended without a word; what it had begun may exist in the cloud. */
export class EngineKilled extends PlatformError {
  override readonly name = "EngineKilled";
  readonly exitCode = EXIT.engineKilled;
}

/** Nobody said yes to the changes. */
export class NotConfirmed extends PlatformError {
  override readonly name = "NotConfirmed";
  readonly exitCode = EXIT.notConfirmed;
}

/** Somebody stopped the operation; the state is saved, and nothing stays locked. */
export class Stopped extends PlatformError {
  override readonly name = "Stopped";
  readonly exitCode = EXIT.stopped;
}
