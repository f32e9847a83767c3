import program from "../stacks/index";
import { type PlannedResource, type Properties } from "./graph";
import { record } from "./record";
import { readStackFile } from "./stack-file";

const STACK_TYPE = "pulumi:pulumi:Stack";

/** What the stack of a plan exports. */
export function outputsOf(resources: readonly PlannedResource[]): Properties {
  const stack = resources.find(({ type }) => type === STACK_TYPE);
  if (!stack) throw new Error("a plan without its stack");
  return stack.outputs;
}

/**
 * What an environment will export, with the ids that the plan makes up: another project plans and tests with it, without the environment's state.
 * @param root folder of the platform.
 * @throws {ConfigError} with every fault of the configuration.
 */
export async function plannedOutputs(root: string, environment: string): Promise<Properties> {
  return outputsOf(await record(program, readStackFile(root, environment)));
}
