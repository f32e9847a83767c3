import type { z } from "zod";
import { ConfigError, type Fault } from "../../components/faults";
import { messageOf } from "../../policy/lib/message";

/** What a file is read as. */
export interface DocumentKind {
  /** What it should be, in words. */
  readonly what: string;
  /** The command that prints it. */
  readonly command: string;
}

const MOST_FAULTS = 5;

/** What is wrong with a file, and what would be right. */
export function refused(file: string, what: string, right: string): ConfigError {
  return new ConfigError([{ key: file, what, right }]);
}

/**
 * The JSON value of a file that a command of Pulumi should have printed.
 * @throws {ConfigError} when it is empty, not JSON, or no object.
 */
export function parseText(text: string, file: string, { what, command }: DocumentKind): object {
  // PowerShell writes a byte order mark in front of what it redirects into a file.
  const json = text.replace(/^\uFEFF/, "");
  const right = `give what ${command} prints`;
  if (json.trim() === "") throw refused(file, "is empty", right);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    // The message quotes the file, line ends and all.
    throw refused(file, `is not JSON: ${messageOf(error).replace(/\s+/g, " ")}`, right);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refused(file, `is no ${what}`, right);
  return value;
}

/**
 * A value by its schema.
 * @throws {ConfigError} with the first faults of it.
 */
export function parseBy<T extends z.ZodType>(schema: T, value: object, file: string, { what, command }: DocumentKind): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }): Fault => ({
    key: `${file}: ${path.join(".")}`,
    what: `is wrong: ${message}`,
  }));
  const rest = faults.length - MOST_FAULTS;
  throw new ConfigError([
    ...faults.slice(0, MOST_FAULTS),
    ...(rest > 0 ? [{ key: file, what: `has ${rest} more faults of this kind` }] : []),
    { key: file, what: `is no ${what} that can be read`, right: `give what ${command} prints` },
  ]);
}
