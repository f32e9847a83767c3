import { RunError } from "@pulumi/pulumi";

/** One thing that is wrong with what a person wrote. */
export interface Fault {
  /** Where: file and path, such as `services/orders/service.yaml: run.port`. */
  readonly key: string;
  /** What is wrong, in words that follow the key: `is out of range`. */
  readonly what: string;
  /** The value that was found; absent when nothing was there. */
  readonly got?: unknown;
  /** What would be right. */
  readonly right?: string;
}

const LONGEST_VALUE = 80;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** A fault as one line: `key: what; got …; right: …`. */
export function faultLine(fault: Fault): string {
  const got = fault.got === undefined ? "" : `, got ${shown(fault.got)}`;
  const right = fault.right === undefined ? "" : `; ${fault.right}`;
  return `${fault.key}: ${fault.what}${got}${right}`;
}

/** An error that a person can mend; the engine and the command show it without a stack trace. */
export class UserError extends RunError {
  override readonly name: string = "UserError";
}

/** Everything that is wrong with an environment's stack file and the catalogue, said at once. */
export class ConfigError extends UserError {
  override readonly name = "ConfigError";

  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(faultLine).join("\n"));
  }
}
