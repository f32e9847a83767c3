import { mkdirSync } from "node:fs";
import { resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import colors from "picocolors";
import { type PlanDocument } from "../../plan/plan-schema";
import { messageOf } from "../../policy/lib/message";
import { hearRejections } from "../rejections";
import { Changes } from "../watch/changes";
import { FolderWatch } from "../watch/folders";
import { LoadedModules } from "../watch/modules";
import { type Turned, type WatchOptions } from "../watch/turn";
import { DEFAULT_WIDTH, type PlanOptions } from "./plan";

/** The program's own code, which may be edited as well. */
const CODE = resolve(__dirname, "../..");
const MS_PER_SECOND = 1000;

type Settle = (reason: unknown) => void;

/** Runs turns, one after the other, each with what the program rejects meanwhile. */
class Turns {
  private readonly modules = new LoadedModules(CODE);
  /** The plan that was printed last. */
  before: PlanDocument | undefined;

  private running: Settle | undefined;
  private hasFailed = false;

  /** @param failed called for what is rejected after a turn that went well: nobody else would hear of it. */
  constructor(
    private readonly options: WatchOptions,
    private readonly failed: (error: Error) => void,
  ) {}

  /** What nobody awaits fails the turn; what follows after one that has failed is known already. */
  hear(reason: unknown): void {
    if (this.running) this.running(reason);
    else if (!this.hasFailed) this.failed(reason instanceof Error ? reason : new Error(String(reason)));
  }

  async next(): Promise<Turned> {
    this.modules.forgetChanged();
    const failure = new Promise<never>((_, reject) => (this.running = reject));
    failure.catch(() => undefined);
    const turned = await this.take(failure);
    // What the program left behind ends before another one begins.
    await setImmediate();
    this.running = undefined;
    this.modules.note();
    this.hasFailed = "failure" in turned;
    return turned;
  }

  /** What is printed is what the next plan is compared with. */
  shown(turned: Turned): void {
    if ("planned" in turned) this.before = turned.planned.document;
  }

  private async take(failure: Promise<never>): Promise<Turned> {
    let loaded: typeof import("../watch/turn");
    try {
      loaded = require("../watch/turn") as typeof import("../watch/turn");
    } catch (error) {
      // The code itself is being edited, and is not right at the moment.
      return { failure: `${colors.red("error")} ${messageOf(error)}\n` };
    }
    return loaded.turn(this.options, this.before, failure);
  }
}

/**
 * Plans an environment again after each change of what its plan is made from, until somebody stops it. The first plan is printed as `strata plan` does, of
 * each further one what differs from the last. What is wrong is printed as well, and ends nothing.
 */
export async function watchPlan(environment: string, { json, out, cwd, verbose }: PlanOptions): Promise<void> {
  const root = resolve(cwd);
  const folder = out === undefined ? undefined : resolve(out);
  // Before anything is watched: what is written there is no change.
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const changes = new Changes();
  const failed = (error: Error) => changes.end(error);
  const watch = new FolderWatch(CODE.includes(`${sep}node_modules${sep}`) ? [root] : [root, CODE], {
    leaveOut: folder,
    changed: () => changes.notice(),
    failed,
  });
  const width = process.stdout.columns ?? DEFAULT_WIDTH;
  const turns = new Turns({ root, environment, json, verbose, width, ...(folder !== undefined && { out: folder }) }, failed);
  const leave = hearRejections((reason) => turns.hear(reason));
  const interrupted = () => changes.end();
  process.on("SIGINT", interrupted);
  try {
    changes.notice();
    for (let since = await changes.next(); since !== undefined; since = await changes.next()) {
      const isFirst = turns.before === undefined;
      const turned = await turns.next();
      // Of files that were changed while they were read nobody knows what was read.
      if (changes.pending) continue;
      turns.shown(turned);
      print(turned, { isWhole: json || isFirst, seconds: (performance.now() - since) / MS_PER_SECOND });
      if (isFirst) process.stderr.write(`watching ${root}; Ctrl-C ends it\n`);
    }
  } finally {
    process.off("SIGINT", interrupted);
    leave();
    watch.close();
  }
}

/** What is wrong goes where errors go. @param how.isWhole the text is all of a plan, and not what differs from the last. */
function print(turned: Turned, { isWhole, seconds }: { isWhole: boolean; seconds: number }): void {
  if ("failure" in turned) process.stderr.write(turned.failure);
  else if (isWhole) process.stdout.write(`${turned.text}\n`);
  else process.stdout.write(`${colors.dim(`${new Date().toTimeString().slice(0, 8)} in ${seconds.toFixed(2)} s`)}  ${turned.text}\n`);
}
