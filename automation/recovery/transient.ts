import { TRANSIENT_ERRORS, type TransientError } from "../../facts/transient-errors";

/** What failed, as the engine tells it. */
export interface Failure {
  readonly urn: string;
  /** The engine's word, such as `create` or `delete-replaced`. */
  readonly op: string;
  readonly message: string;
}

/** An error of an API, as the AWS provider passes it on. Source: the format of `smithy.OperationError` of aws-sdk-go-v2 (2026-11). */
const API_ERROR = /api error ([\w.]+): ([^\n]*)/g;

function isOf({ codes, says, during }: TransientError, code: string, said: string, op: string): boolean {
  if (during !== undefined && !op.startsWith(during)) return false;
  return codes.some((pattern) => pattern.exec(code)?.[0] === code) && (says === undefined || says.test(said));
}

/**
 * Why a failure goes away by itself; nothing when it does not, or when nobody knows. A message may hold several errors: all of them must be such.
 */
export function transientBecause({ message, op }: Failure): string | undefined {
  const errors = [...message.matchAll(API_ERROR)];
  const reasons = errors.map(([, code = "", said = ""]) => TRANSIENT_ERRORS.find((row) => isOf(row, code, said, op))?.what);
  return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}
