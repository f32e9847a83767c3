import colors from "picocolors";
import { UserError } from "../components/faults";
import { PlatformError } from "./errors";
import { EXIT } from "./exit";

/** Everything that was thrown, as a person reads it, with a stack trace only for a bug or when asked for, and what the command ends with. */
export function described(error: unknown, verbose: boolean): { readonly text: string; readonly code: number } {
  if (error instanceof UserError) {
    const lines = error.message.split("\n");
    const count = lines.length === 1 ? "" : `${lines.length} things are wrong:\n`;
    const said = `${colors.red("error")} ${count}${lines.map((line) => (lines.length === 1 ? line : `  ${line}`)).join("\n")}\n`;
    return {
      text: verbose ? `${said}${error.stack ?? ""}\n` : said,
      code: error instanceof PlatformError ? error.exitCode : EXIT.badInput,
    };
  }
  const what = error instanceof Error ? error : new Error(String(error));
  const more = verbose ? (what.stack ?? "") : "run it again with --verbose and report what it prints";
  return { text: `${colors.red("bug")} ${what.message}\n${more}\n`, code: EXIT.internal };
}
