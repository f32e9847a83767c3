import { resolve } from "node:path";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { mayDeploy } from "../../policy/lib/judge-stack";
import { planText } from "../../plan/text";
import { planJson, prepareWriting, writePlan } from "../planning/plan-files";

/** Columns where nobody says how many there are. */
export const DEFAULT_WIDTH = 120;
const MS_PER_SECOND = 1000;

/** Options of `strata plan`. */
export interface PlanOptions {
  readonly json: boolean;
  readonly out?: string;
  readonly cwd: string;
  readonly verbose: boolean;
}

/** Whether an environment may be deployed: no mandatory rule is broken, no exception is expired, and every rule came to a verdict of its own. */
export function isAllowed({ policy }: PlanDocument): boolean {
  return mayDeploy(policy);
}

/** Shows on a terminal that something goes on. @returns what ends it. */
async function spin(text: string): Promise<() => void> {
  // ora is an ES module, which a CommonJS program can only import at run time.
  const { default: ora } = await import("ora");
  const spinner = ora({ text, stream: process.stderr }).start();
  return () => void spinner.stop();
}

/**
 * Plans an environment and prints the plan.
 * @returns false when a mandatory policy rule is broken, an exception is expired, or a rule failed itself.
 */
export async function plan(environment: string, { json, out, cwd, verbose }: PlanOptions): Promise<boolean> {
  const started = performance.now();
  if (out !== undefined) prepareWriting();
  const stop = process.stderr.isTTY ? await spin(`planning ${environment}`) : () => undefined;
  const planned = await makePlan(resolve(cwd), environment, { traces: verbose }).finally(stop);
  const seconds = (performance.now() - started) / MS_PER_SECOND;
  if (out !== undefined) await writePlan(out, planned, seconds);
  process.stdout.write(json ? planJson(planned) : planText(planned, { width: process.stdout.columns ?? DEFAULT_WIDTH, seconds }));
  return isAllowed(planned.document);
}
