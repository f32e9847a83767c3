import * as pulumi from "@pulumi/pulumi";
import { runInPulumiStack } from "@pulumi/pulumi/runtime";
import { getProject } from "@pulumi/pulumi/runtime/settings";
import { UserError } from "../components/faults";
import { type PlannedResource, type Properties } from "./graph";
import { leanSdk } from "./lean-sdk";
import { installMonitor } from "./monitor";
import { Recorder } from "./recorder";
import { type StackFile } from "./stack-file";
import { unlessStalled } from "./stalled";

/** A Pulumi program as a function, the way `stacks/index.ts` exports it. */
export type Program = () => Promise<object>;

/** Something that `pulumi up` would refuse before or while it makes the resources. */
export class RefusedError extends UserError {
  override readonly name = "RefusedError";

  constructor(readonly refusals: readonly string[]) {
    super(refusals.join("\n"));
  }
}

/** What the SDK keeps for a whole process, as far as one program after another must not see it of the one before. */
interface SdkStore {
  readonly settings: { readonly options: { rootDirectory: string }; rpcDone: Promise<unknown> };
  stackResource?: unknown;
}

function sdkStore(): SdkStore {
  const store: unknown = Reflect.get(globalThis, "globalStore");
  if (!isSdkStore(store)) throw new Error("the Pulumi SDK keeps its settings elsewhere than in version 3.248");
  return store;
}

/**
 * Readies the SDK for a program: the plan stands in for the engine, from whose environment it would take the project's folder, and it forgets what a
 * program that failed left waiting.
 */
function prepareSdk(root: string): void {
  getProject();
  const { settings } = sdkStore();
  settings.options.rootDirectory = root;
  settings.rpcDone = Promise.resolve();
}

/** Lets go of a program that has ended: the SDK would keep its stack, and with it every resource, until the next. */
function forgetStack(): void {
  Reflect.deleteProperty(globalThis, "stackResource");
  sdkStore().stackResource = undefined;
}

function isSdkStore(store: unknown): store is SdkStore {
  return (
    typeof store === "object" &&
    store !== null &&
    "settings" in store &&
    typeof store.settings === "object" &&
    store.settings !== null &&
    "options" in store.settings &&
    "rpcDone" in store.settings
  );
}

/** How a program is run. */
export interface RecordOptions {
  /**
   * Run the SDK as it is, with the stack traces of errors in the program. Default: false, because it takes one for every promise it makes, and most
   * of the time of a plan would go into that.
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
 * Runs a program in this process and keeps what it registers. Nothing is created and nothing is called: no engine, no credentials, no network.
 * @throws {ConfigError} what the program refuses. {RefusedError} what `up` would refuse. {StalledError} when it waits for ever.
 */
export async function record(
  program: Program,
  stack: StackFile,
  { traces = false, previewed = false, references = {} }: RecordOptions = {},
): Promise<PlannedResource[]> {
  const recorder = new Recorder(stack.stack, stack.project, previewed, references);
  pulumi.runtime.setAllConfig(stack.config, stack.secretKeys);
  await installMonitor(recorder, stack.project, stack.stack);
  prepareSdk(stack.root);
  const restore = traces ? () => undefined : leanSdk();
  try {
    await unlessStalled(
      runInPulumiStack(program).then(() => pulumi.runtime.disconnect()),
      () => recorder.registered,
    );
  } finally {
    restore();
    forgetStack();
  }
  if (recorder.refusals.length > 0) throw new RefusedError(recorder.refusals);
  return recorder.recorded();
}
