import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { planText } from "../../plan/text";

const DEFAULT_WIDTH = 120;
const FILE_WIDTH = 160;
const MS_PER_SECOND = 1000;
const COLOR_CODES = /\u001b\[\d+m/g;

/** Options of `strata plan`. */
export interface PlanOptions {
  readonly json: boolean;
  readonly out?: string;
  readonly cwd: string;
  readonly verbose: boolean;
}

/** Whether an environment may be deployed: no mandatory rule is broken, and every rule came to a verdict of its own. */
export function isAllowed({ policy: { violations, broken } }: PlanDocument): boolean {
  return broken.length === 0 && !violations.some(({ level }) => level === "mandatory");
}

/**
 * Plans an environment and prints the plan.
 * @returns false when a mandatory policy rule is broken, or a rule failed itself.
 */
export async function plan(environment: string, { json, out, cwd, verbose }: PlanOptions): Promise<boolean> {
  const started = performance.now();
  // ora is an ES module, which a CommonJS program can only import at run time.
  const { default: ora } = await import("ora");
  const spinner = ora({ text: `planning ${environment}`, stream: process.stderr, isSilent: !process.stderr.isTTY }).start();
  const planned = await makePlan(resolve(cwd), environment, { traces: verbose }).finally(() => spinner.stop());
  const seconds = (performance.now() - started) / MS_PER_SECOND;
  const document = `${JSON.stringify(planned.document, undefined, 2)}\n`;
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "plan.json"), document);
    writeFileSync(join(out, "plan.txt"), planText(planned, { width: FILE_WIDTH, seconds }).replace(COLOR_CODES, ""));
  }
  process.stdout.write(json ? document : planText(planned, { width: process.stdout.columns ?? DEFAULT_WIDTH, seconds }));
  return isAllowed(planned.document);
}
