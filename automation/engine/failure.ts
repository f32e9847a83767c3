import {
  BackEndUnreachable,
  CredentialsExpired,
  DiskFull,
  EngineKilled,
  type FailedStep,
  LockedByAnother,
  type LockHolder,
  type PlatformError,
  StateCorrupted,
  Stopped,
  UnknownEnvironment,
  UpdateFailed,
  WrongPassphrase,
} from "../errors";
import { type EngineRun } from "./stack";

/** What is known of an operation that failed. */
export interface FailedRun {
  readonly environment: string;
  readonly run: EngineRun;
  /** Texts of the errors that the engine reported as events. */
  readonly errors?: readonly string[];
  readonly failed?: readonly FailedStep[];
  /** Somebody asked it to stop. */
  readonly stopped?: boolean;
}

const LONGEST_REASON = 600;

/** What the CLI gave as its reason: the first `error:` of its stderr, or the end of that. */
function reasonOf({ stderr, exitCode }: EngineRun): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const error = lines.find((line) => line.startsWith("error:"));
  const reason = error?.slice("error:".length).trim() ?? lines.filter((line) => line !== "").at(-1);
  return (reason ?? `pulumi ended with ${String(exitCode)} and said nothing`).slice(0, LONGEST_REASON);
}

/**
 * As the CLI writes a lock: `file:///…/lock.json: created by ana@ci-7 (pid 4711) at 2026-11-26T10:00:00Z`.
 * Source: `checkForLock` in pkg/backend/diy/lock.go of pulumi 3.260 (2026-11-26).
 */
const LOCK = /^\s*(?<lock>\S+): created by (?<who>.+?) at (?<since>\S+)\s*$/gm;

function holdersIn(text: string): LockHolder[] {
  return [...text.matchAll(LOCK)].map(({ groups = {} }) => ({
    who: groups["who"] ?? "",
    ...(groups["lock"] !== undefined && { lock: groups["lock"] }),
    ...(groups["since"] !== undefined && { since: groups["since"] }),
  }));
}

interface Rule {
  readonly pattern: RegExp;
  /** What the CLI itself says, or also what providers say of resources. */
  readonly within: "engine" | "everything";
  readonly make: (environment: string, reason: string, text: string) => PlatformError;
}

/**
 * How the CLI words what can be mended; the first that fits counts. Newer and older versions word some of it differently.
 * Source: seen with pulumi 3.260 (2026-11-26), each by a test on the real engine; AWS's error codes are those of "Common errors" of its API references.
 */
const RULES: readonly Rule[] = [
  {
    pattern: /no space left on device|disk quota exceeded|file too large|There is not enough space on the disk/i,
    within: "everything",
    make: (_, reason) => new DiskFull(`the disk is full: ${reason}; make room where the back end and TMPDIR are, then do the same again`),
  },
  {
    pattern: /incorrect passphrase/i,
    within: "engine",
    make: (environment) =>
      new WrongPassphrase(
        `${environment}: the passphrase of its secrets is another; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the one it was made with`,
      ),
  },
  {
    pattern: /passphrase must be set/i,
    within: "engine",
    make: (environment) =>
      new WrongPassphrase(
        `${environment}: its secrets need a passphrase and there is none; set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE`,
      ),
  },
  {
    pattern: /no stack named .* found|stack '.*' not found/i,
    within: "engine",
    make: (environment) =>
      new UnknownEnvironment(`${environment}: the back end has no stack of it; make it with strata init ${environment}`),
  },
  {
    pattern: /currently locked by|\[409\] Conflict: Another update is currently in progress/i,
    within: "engine",
    make: (environment, _, text) => new LockedByAnother(environment, holdersIn(text)),
  },
  {
    pattern: /PULUMI_ACCESS_TOKEN must be set|invalid access token|\[401\]/i,
    within: "engine",
    make: (environment, reason) =>
      new CredentialsExpired(
        `${environment}: the back end takes nobody in: ${reason}; choose one with strata init ${environment} --backend URL, or log in with pulumi login`,
      ),
  },
  {
    pattern:
      /ExpiredToken|ExpiredTokenException|RequestExpired|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|no valid credential sources|NoCredentialProviders|no EC2 IMDS role found|failed to refresh cached credentials|token has expired|SSO session has expired/i,
    within: "everything",
    make: (_, reason) =>
      new CredentialsExpired(`AWS does not take the credentials: ${reason}; get new ones, for instance with aws sso login`),
  },
  {
    pattern: /(error|failed).*(decrypt|secrets manager|secrets provider)/i,
    within: "engine",
    make: (environment, reason) =>
      new WrongPassphrase(`${environment}: its secrets cannot be decrypted: ${reason}; the stack file says by which key`),
  },
  {
    pattern:
      /snapshot integrity|failed to load checkpoint|could not deserialize deployment|unexpected end of JSON input|invalid character .* (looking for|in|after)|encountered a fatal error[^]*[sS]napshot/i,
    within: "engine",
    make: (environment, reason) =>
      new StateCorrupted(
        `${environment}: its state cannot be read: ${reason}; nothing was changed. Look at it with pulumi state repair -s ${environment}, or bring back a copy from the back end's folder backups`,
      ),
  },
  {
    pattern:
      /unable to open (bucket|state directory)|connection refused|no such host|i\/o timeout|network is unreachable|NoSuchBucket|could not (connect|open)|dial tcp|TLS handshake|request send failed|blob \(key "\.pulumi/i,
    within: "engine",
    make: (environment, reason) => new BackEndUnreachable(`${environment}: its back end is out of reach: ${reason}`),
  },
];

const CANCELLED = /\b(update|preview|refresh|destroy) (was )?cancell?ed\b/i;

function words({ errors = [], failed = [] }: FailedRun, reason: string): string {
  const shown = failed.length > 0 ? failed.map(({ urn, message }) => `${urn}: ${message}`) : errors;
  return shown.length > 0 ? shown.join("\n") : reason;
}

/** What stopped an operation of the engine, as something that a person can mend. */
export function failureOf(about: FailedRun): PlatformError {
  const { environment, run, errors = [], failed = [], stopped = false } = about;
  const reason = reasonOf(run);
  const everything = [run.stderr, ...errors].join("\n");
  for (const { pattern, within, make } of RULES) {
    const text = within === "engine" ? run.stderr : everything;
    const line = text.split("\n").find((one) => pattern.test(one)) ?? (pattern.test(text) ? reason : undefined);
    if (line !== undefined)
      return make(
        environment,
        line
          .replace(/^\s*error:\s*/, "")
          .trim()
          .slice(0, LONGEST_REASON),
        text,
      );
  }
  if (stopped || CANCELLED.test(everything))
    return new Stopped(`${environment}: stopped; the state is saved, and the next strata up goes on from there`);
  if (run.exitCode === null || run.signal !== undefined)
    return new EngineKilled(
      `${environment}: the engine was ended by ${run.signal ?? "a signal"}; what it had begun may exist: strata up ${environment} settles that first`,
    );
  return new UpdateFailed(words(about, reason), failed);
}
