import * as pulumi from "@pulumi/pulumi";
import { runInPulumiStack } from "@pulumi/pulumi/runtime";
import { getProject } from "@pulumi/pulumi/runtime/settings";
import { UserError } from "../components/faults";
import { type PlannedResource, type Properties } from "./graph";
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
  /**
   * Leave what only AWS can fill in (ids, ARNs, endpoints) unknown, as the engine's preview of a new stack does, instead of simulating it. Default: false.
   */
  readonly previewed?: boolean;
  /** What other stacks export, by the names that the program refers to them with. Default: it refers to none. */
  readonly references?: Readonly<Record<string, Properties>>;
}

/**
 * Keeps the SDK from taking stack traces: one for every promise, and one without a limit for every resource, to tell the engine the line that
 * asked for it. The plan does not tell lines. Source: `callsites` in resource.ts of @pulumi/pulumi 3.248.
 * @returns what puts all back.
 */
function withoutStackTraces(): () => void {
  const limit = Error.stackTraceLimit;
  const resource = pulumi.Resource as unknown as { callsites?: () => readonly object[] };
  const { callsites } = resource;
  Error.stackTraceLimit = 0;
  if (callsites) resource.callsites = () => [];
  return () => {
    Error.stackTraceLimit = limit;
    if (callsites) resource.callsites = callsites;
  };
}

/**
 * Runs a program in this process and keeps what it registers. Nothing is created and nothing is called: no engine, no credentials, no network.
 * @throws {ConfigError} what the program refuses. {RefusedError} what `up` would refuse.
 */
export async function record(
  program: Program,
  stack: StackFile,
  { traces = false, previewed = false, references = {} }: RecordOptions = {},
): Promise<PlannedResource[]> {
  const recorder = new Recorder(stack.stack, stack.project, previewed, references);
  pulumi.runtime.setAllConfig(stack.config, stack.secretKeys);
  await installMonitor(recorder, stack.project, stack.stack);
  setRootDirectory(stack.root);
  const restore = traces ? () => undefined : withoutStackTraces();
  try {
    await runInPulumiStack(program);
    await pulumi.runtime.disconnect();
  } finally {
    restore();
  }
  if (recorder.refusals.length > 0) throw new RefusedError(recorder.refusals);
  return recorder.recorded();
}
