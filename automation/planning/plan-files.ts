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

/** Begins to load the layout, a large library, in its thread: {@link writePlan} waits less for it then. */
export function prepareWriting(): void {
  const { prepareLayout } = require("../../plan/report/picture/elk") as typeof import("../../plan/report/picture/elk");
  prepareLayout();
}

/** Writes everything that can be read of a plan into a folder, which it makes. @param seconds that it took. */
export async function writePlan(out: string, planned: Plan, seconds: number): Promise<void> {
  mkdirSync(out, { recursive: true });
  // A plan without files should not wait for what draws them.
  const { reportFiles } = require("../../plan/report/files") as typeof import("../../plan/report/files");
  const [files] = await Promise.all([
    reportFiles(planned.document, { stack: planned.stack }),
    // Meanwhile the picture is laid out.
    new Promise<void>((done) => {
      writeTexts(out, planned, seconds);
      done();
    }),
  ]);
  writeReport(out, files);
}

function writeTexts(out: string, planned: Plan, seconds: number): void {
  writeFileSync(join(out, "plan.json"), planJson(planned));
  writeFileSync(join(out, "plan.md"), planMarkdown(planned.document));
  writeFileSync(join(out, "plan.txt"), stripVTControlCharacters(planText(planned, { width: FILE_WIDTH, seconds })));
}
