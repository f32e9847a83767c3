import { resolve } from "node:path";
import { UserError } from "../../components/faults";
import { COST_GROUPS, type CostGroup, costText } from "../../plan/cost/cost-text";
import { planCost } from "../../plan/cost/plan-cost";

const DEFAULT_WIDTH = 100;

/** Options of `strata cost`. */
export interface CostCommandOptions {
  readonly by: string;
  readonly set: readonly string[];
  readonly whatIf: boolean;
  readonly json: boolean;
  readonly cwd: string;
}

function isGroup(by: string): by is CostGroup {
  return COST_GROUPS.some((group) => group === by);
}

/**
 * Prints what an environment costs a month.
 * @throws {UserError} for a `--by` or `--set` that is none.
 */
export async function cost(environment: string, { by, set, whatIf, json, cwd }: CostCommandOptions): Promise<void> {
  if (!isGroup(by)) throw new UserError(`--by: is not a way to add up, got ${by}; give one of ${COST_GROUPS.join(", ")}`);
  const found = await planCost(resolve(cwd), { environment, set, whatIf });
  const width = process.stdout.columns ?? DEFAULT_WIDTH;
  process.stdout.write(json ? `${JSON.stringify(found, undefined, 2)}\n` : costText(found, by, environment, { width }));
}
