import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { planMarkdown } from "../../plan/markdown";
import { type Plan } from "../../plan/plan";
import { planText } from "../../plan/text";
import { writeReport } from "../commands/report";

const FILE_WIDTH = 160;

/** A plan as JSON, the way it is printed and kept. */
export function planJson({ document }: Plan): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Writes everything that can be read of a plan into a folder, which it makes. @param seconds that it took. */
export async function writePlan(out: string, planned: Plan, seconds: number): Promise<void> {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "plan.json"), planJson(planned));
  writeFileSync(join(out, "plan.md"), planMarkdown(planned.document));
  writeFileSync(join(out, "plan.txt"), stripVTControlCharacters(planText(planned, { width: FILE_WIDTH, seconds })));
  // The layout is a large library, which a plan without files should not wait for.
  const { reportFiles } = require("../../plan/report/files") as typeof import("../../plan/report/files");
  writeReport(out, await reportFiles(planned.document, { stack: planned.stack }));
}
