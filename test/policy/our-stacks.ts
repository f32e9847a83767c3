import { record, type RecordOptions } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import { type StackResource } from "../../policy/lib/resource";
import program from "../../stacks/index";
import { ROOT } from "../harness";

const recorded = new Map<string, Promise<readonly StackResource[]>>();

/** The resources of one of our own environments, planned once a test run: nobody may change them. */
export function ourStack(environment: "dev" | "prod", options: RecordOptions = {}): Promise<readonly StackResource[]> {
  const key = JSON.stringify([environment, options]);
  const known = recorded.get(key);
  if (known !== undefined) return known;
  // One after the other: the SDK keeps the stack that it runs in one place.
  const before = [...recorded.values()].at(-1) ?? Promise.resolve();
  const planned = before.then(() => record(program, readStackFile(ROOT, environment), options));
  recorded.set(key, planned);
  return planned;
}
