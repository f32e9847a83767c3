import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type z } from "zod";
import { DiffDocument } from "../../plan/diff/diff-schema";
import { PlanDocument } from "../../plan/plan-schema";
import { type DocumentKind, parseBy, parseText, refused } from "../../plan/real/document";
import { type ReportFiles } from "../../plan/report/files";
import { messageOf } from "../../policy/lib/message";

/** Options of `strata report`. */
export interface ReportOptions {
  readonly out: string;
  /** A difference to show with it: what `strata diff --json` printed. */
  readonly diff?: string;
  readonly cwd: string;
}

/** Writes the files of a report into a folder, which it makes. */
export function writeReport(out: string, { html, svg }: ReportFiles): void {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "plan.html"), html);
  writeFileSync(join(out, "plan.svg"), svg);
}

const PLAN = { what: "plan", command: "strata plan <environment> --json" };
const DIFFERENCE = { what: "difference", command: "strata diff --json" };

function readFile<T extends z.ZodType>(schema: T, file: string, cwd: string, kind: DocumentKind): z.output<T> {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    throw refused(file, `can't be read: ${messageOf(error)}`, `give a file that ${kind.command} printed`);
  }
  return parseBy(schema, parseText(text, file, kind), file, kind);
}

/**
 * Draws a plan that was kept: of another commit, or one that somebody sent. What it does not hold, such as the cost of other places, the report goes without.
 * @throws {ConfigError} for a file that is no plan, or no difference.
 */
export async function report(file: string, { out, diff, cwd }: ReportOptions): Promise<void> {
  const plan = readFile(PlanDocument, file, cwd, PLAN);
  const difference = diff === undefined ? undefined : readFile(DiffDocument, diff, cwd, DIFFERENCE);
  // The layout is a large library, which no other command should wait for.
  const { reportFiles } = require("../../plan/report/files") as typeof import("../../plan/report/files");
  const folder = resolve(cwd, out);
  writeReport(folder, await reportFiles(plan, { ...(difference && { difference }) }));
  process.stdout.write(`${join(folder, "plan.html")}\n${join(folder, "plan.svg")}\n`);
}
