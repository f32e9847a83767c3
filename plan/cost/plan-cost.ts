import program from "../../stacks/index";
import { NAMESPACE } from "../../stacks/environment";
import { regionOf, servicesOf } from "../plan";
import { record } from "../record";
import { readStackFile, type StackFile } from "../stack-file";
import { type AssumptionValues } from "./assumptions";
import { readChanges, withDescriptors, withSections } from "./changes";
import { type CostDocument } from "./cost-schema";
import { costOf } from "./cost";
import { assumptionValues } from "./settings";
import { whatIf } from "./what-if";

/** A question about what an environment costs. */
export interface CostQuestion {
  readonly environment: string;
  /** Changes before it is planned: assumptions, keys of the stack file and of descriptors. */
  readonly set: readonly string[];
  /** Whether cheaper changes are planned too. */
  readonly whatIf: boolean;
}

async function priced(stack: StackFile, given: AssumptionValues): Promise<CostDocument> {
  const resources = await record(program, stack);
  const assumptions = { ...assumptionValues(stack.config), ...given };
  return costOf(resources, servicesOf(resources), { region: regionOf(resources), assumptions });
}

function sectionsOf({ config }: StackFile): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, text]): [string, unknown][] =>
      key.startsWith(NAMESPACE) ? [[key.slice(NAMESPACE.length), JSON.parse(text)]] : [],
    ),
  );
}

/**
 * Plans an environment, changed as asked, and says what it costs. Offline; policies are not judged.
 * @param root folder of the project.
 * @throws {UserError} for a change that is none. {ConfigError} with every fault of the changed configuration.
 */
export async function planCost(root: string, { environment, set, whatIf: asked }: CostQuestion): Promise<CostDocument> {
  const changes = readChanges(root, set);
  return withDescriptors(root, changes.descriptors, async (folder) => {
    const file = readStackFile(folder, environment);
    const stack = { ...file, config: withSections(file.config, changes.sections) };
    const cost = await priced(stack, changes.assumptions);
    if (!asked) return cost;
    const cheaper = await whatIf(cost, sectionsOf(stack), ({ of, path }, value) =>
      priced({ ...stack, config: withSections(stack.config, [{ of, path, value }]) }, changes.assumptions),
    );
    return { ...cost, whatIf: cheaper };
  });
}
