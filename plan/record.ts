import * as pulumi from "@pulumi/pulumi";
import { runInPulumiStack } from "@pulumi/pulumi/runtime";
import { getProject } from "@pulumi/pulumi/runtime/settings";
import { UserError } from "../components/faults";
import { type PlannedResource } from "./graph";
import { installMonitor } from "./monitor";
import { Recorder } from "./recorder";
import { type StackFile } from "./stack-file";

/** A Pulumi program as a function, the way `stacks/index.ts` exports it. */
export type Program = () => Promise<object>;

/** Something that `pulumi up` would refuse before or while it makes the resources. */
export class RefusedError extends UserError {
  override readonly name = "RefusedError";

  constructor(readonly refusals: readonly string[]) {
    super(refusals.join("\n"));
  }
}

/** The SDK reads the project's folder from its settings, which it takes from the engine's environment; the plan stands in for the engine. */
function setRootDirectory(root: string): void {
  getProject();
  const settings: unknown = Reflect.get(globalThis, "globalStore");
  if (!hasOptions(settings)) throw new Error("the Pulumi SDK keeps its settings elsewhere than in version 3.248");
  settings.settings.options.rootDirectory = root;
}

function hasOptions(store: unknown): store is { settings: { options: { rootDirectory: string } } } {
  return (
    typeof store === "object" &&
    store !== null &&
    "settings" in store &&
    typeof store.settings === "object" &&
    store.settings !== null &&
    "options" in store.settings
  );
}

/** How a program is run. */
export interface RecordOptions {
  /**
   * Keep the stack traces of errors in the program. Default: false, because the SDK takes one for every promise it makes,
   * and half the time of a plan would go into them.
   */
  readonly traces?: boolean;
}

/**
 * Runs a program in this process and keeps what it registers. Nothing is created and nothing is called: no engine, no credentials, no network.
 * @throws {ConfigError} what the program refuses. {RefusedError} what `up` would refuse.
 */
export async function record(program: Program, stack: StackFile, { traces = false }: RecordOptions = {}): Promise<PlannedResource[]> {
  const recorder = new Recorder(stack.stack, stack.project);
  pulumi.runtime.setAllConfig(stack.config, stack.secretKeys);
  await installMonitor(recorder, stack.project, stack.stack);
  setRootDirectory(stack.root);
  const limit = Error.stackTraceLimit;
  if (!traces) Error.stackTraceLimit = 0;
  try {
    await runInPulumiStack(program);
    await pulumi.runtime.disconnect();
  } finally {
    Error.stackTraceLimit = limit;
  }
  if (recorder.refusals.length > 0) throw new RefusedError(recorder.refusals);
  return recorder.recorded();
}
