import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { schemas } from "../schemas";

const ROOT = resolve(__dirname, "../..");

/**
 * Writes the JSON Schemas that editors and readers of plans use and the page about the policies, or checks that they are fresh.
 * @returns false when only checking and a file is not what it should be.
 */
export function schema(check: boolean): boolean {
  const stale = Object.entries(schemas()).filter(
    ([file, text]) => !existsSync(join(ROOT, file)) || readFileSync(join(ROOT, file), "utf8") !== text,
  );
  for (const [file, text] of stale) {
    if (!check) writeFileSync(join(ROOT, file), text);
    process.stdout.write(`${file}: ${check ? "is not up to date; run npm run schema" : "written"}\n`);
  }
  if (stale.length === 0) process.stdout.write("the schemas and docs/policies.md are up to date\n");
  return !check || stale.length === 0;
}
