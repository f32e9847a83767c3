import assert from "node:assert/strict";
import { join } from "node:path";
import { FileLocks } from "../../automation/recovery/lock-store";
import { recover } from "../../automation/recovery/recover";
import { type Settled } from "../../automation/recovery/settle";
import { SimulatedSearch } from "../../automation/recovery/simulated-search";
import { writeBehaviour } from "../../automation/rehearse/behaviour";
import { Cloud } from "../../automation/rehearse/cloud";
import { Engine, type EngineResult, findEngine } from "../../automation/rehearse/engine";
import { isOnlyInState } from "../../automation/rehearse/existence";
import { type StackState } from "../../automation/rehearse/stack-state";
import { Workspace } from "../../automation/rehearse/workspace";
import { type Json } from "../../plan/graph";
import { redact } from "../../plan/redact";
import { ROOT } from "../harness";
import { killAt, OperationCount } from "./kill";
import { forkWorkspace, oneOfEach, PLACES_AND_STORES, plannedCatalogue, REPLAYED, replayWorkspace } from "./replay";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";

const MINUTE = 60_000;
/** How many moments of `up` and of `destroy`: `50+20` for all that the project promises, a few for every day. */
const [UPS = 0, DESTROYS = 0] = (process.env["STRATA_KILLS"] ?? "5+2").split("+").map(Number);
/** How many are killed at the same time. */
const AT_ONCE = Number(process.env["STRATA_KILLS_AT_ONCE"] ?? "2");
/**
 * What is killed: `replay`, a resource of each place and kind of store with all that they need, or `program`, all of dev as it is, with the components of
 * other processes. A kill of the program takes minutes.
 */
const WHOLE_PROGRAM = (process.env["STRATA_KILLS_OF"] ?? "replay") === "program";
/** A minute of AWS; so short that the engine is the slower one, and long enough for creations to be under way. */
const MS_PER_MINUTE = 5;

type Action = "up" | "destroy";

/** Moments spread over an operation, as shares of what the cloud does in it: the same for the same count. */
function moments(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, (_, index) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (index + state / 2 ** 31) / count;
  });
}

/** A workspace of the test, and the engine in it. */
class Rehearsal {
  private started: (pid: number) => void = () => undefined;
  readonly engine: Engine;
  /** Saves the state after every step, as the engine does outside of a rehearsal: what is killed leaves that behind. */
  private readonly killable: Engine;

  constructor(readonly workspace: Workspace) {
    assert.ok("pulumi" in found);
    this.engine = new Engine(workspace, REPLAYED);
    this.killable = new Engine(workspace, REPLAYED, { checkpoints: true, onStart: (pid) => this.started(pid) });
  }

  /** Runs the engine and kills it when the cloud has come to a count of operations. */
  async killed(action: Action, count: number): Promise<boolean> {
    const pid = new Promise<number>((resolve) => (this.started = resolve));
    const ended = this.killable[action]();
    const wasKilled = await killAt(await pid, this.workspace.cloud, count, ended);
    await ended.catch(() => undefined);
    return wasKilled;
  }

  /** What `strata up` or `strata destroy` does next: recovers, then goes on. */
  async resume(action: Action): Promise<{ readonly settled: readonly Settled[]; readonly result: EngineResult }> {
    const settled = await recover(
      {
        environment: REPLAYED,
        stack: this.engine,
        locks: new FileLocks(this.workspace.state, { project: "strata", stack: REPLAYED }),
        cloud: new SimulatedSearch(this.workspace.cloud),
      },
      () => undefined,
      { keepIn: join(this.workspace.home, "states") },
    );
    return { settled, result: await this.engine[action]() };
  }

  contents(): string[] {
    return new Cloud(this.workspace.cloud)
      .list()
      .map(({ type, id, inputs, outputs }) => JSON.stringify([type, id, inputs, outputs]))
      .sort();
  }
}

/** Everything that two states of the same must have in common: the engine makes up the ids of providers anew each time, which components keep as well. */
function essence({ resources }: StackState): Json[] {
  const providers = resources.flatMap(({ type, id }) => (type.startsWith("pulumi:providers:") && id !== undefined ? [id] : []));
  const withoutProviders = (value: Json): Json =>
    JSON.parse(providers.reduce((text, id) => text.replaceAll(id, "<provider>"), JSON.stringify(value))) as Json;
  const withoutId = (provider: string | undefined): string => provider?.slice(0, provider.lastIndexOf("::")) ?? "";
  return resources
    .map(({ urn, id, type, provider, dependencies, parent, protect, inputs, outputs, delete: waits }) => [
      urn,
      type.startsWith("pulumi:providers:") ? "" : (id ?? ""),
      withoutId(provider),
      [...new Set(dependencies)].sort(),
      parent ?? "",
      protect,
      waits,
      withoutProviders(redact(inputs)),
      withoutProviders(redact(outputs)),
    ])
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

/** Does something with each of a list, a few at a time. */
async function eachOf<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const open = [...items];
  const worker = async (): Promise<void> => {
    for (let item = open.shift(); item !== undefined; item = open.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function done({ exitCode, stdout, stderr }: EngineResult, what: string): void {
  assert.equal(exitCode, 0, `${what}: ${stdout}${stderr}`);
}

describe(`a deployment that is killed${skipped}`, function () {
  this.timeout((UPS + DESTROYS + 5) * (WHOLE_PROGRAM ? 20 : 4) * MINUTE);
  let empty: Rehearsal;
  let whole: Rehearsal;
  let wanted: { readonly state: Json[]; readonly contents: string[] };
  let operations: number;
  const open: Workspace[] = [];

  before("comes up once undisturbed", async function () {
    if (skipped) this.skip();
    empty = new Rehearsal(WHOLE_PROGRAM ? new Workspace(ROOT) : replayWorkspace(oneOfEach(await plannedCatalogue(), PLACES_AND_STORES)));
    open.push(empty.workspace);
    writeBehaviour(empty.workspace.cloud, { clock: { kind: "scaled", began: Date.now(), millisecondsPerMinute: MS_PER_MINUTE } });
    done(await empty.engine.initialize(), "initialize");
    whole = new Rehearsal(forkWorkspace(empty.workspace));
    open.push(whole.workspace);
    done(await whole.engine.up(), "up");
    const state = await whole.engine.state();
    wanted = { state: essence(state), contents: whole.contents() };
    operations = new OperationCount(whole.workspace.cloud).now();
    const managed = state.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:") && !isOnlyInState(type));
    assert.equal(managed.length, wanted.contents.length);
  });

  after(() => {
    for (const workspace of open) workspace.dispose();
  });

  /** Kills at each moment and resumes once; counts what was found. */
  async function killEach(
    action: Action,
    shares: readonly number[],
    check: (rehearsal: Rehearsal, what: string) => Promise<void>,
  ): Promise<string> {
    const counts = { killed: 0, missed: 0, adopted: 0, dropped: 0, reread: 0, left: 0 };
    const failures: string[] = [];
    await eachOf(shares, AT_ONCE, async (share) => {
      const origin = action === "up" ? empty : whole;
      const before = new OperationCount(origin.workspace.cloud).now();
      for (let part = share; ; part *= 0.9) {
        const rehearsal = new Rehearsal(forkWorkspace(origin.workspace));
        const count = before + Math.max(1, Math.floor(part * operations));
        const what = `${action} killed at operation ${count - before} of ${operations}`;
        try {
          // The engine may be through before anybody looks: then the moment comes a little earlier.
          if (!(await rehearsal.killed(action, count))) {
            counts.missed++;
            continue;
          }
          counts.killed++;
          const { settled, result } = await rehearsal.resume(action);
          for (const one of settled) counts[one.action]++;
          done(result, what);
          await check(rehearsal, what);
          break;
        } catch (error) {
          // The others go on: one failure says less than the moments at which it fails.
          failures.push(`${what}: ${String(error)}`);
          break;
        } finally {
          rehearsal.workspace.dispose();
        }
      }
    });
    assert.deepEqual(failures, []);
    return Object.entries(counts)
      .map(([name, number]) => `${number} ${name}`)
      .join(", ");
  }

  it(`comes up to the same state, with nothing in the cloud twice or in no state, at ${UPS} moments of up`, async () => {
    const counts = await killEach("up", moments(UPS, 1), async (rehearsal, what) => {
      const state = await rehearsal.engine.state();
      assert.deepEqual(state.pending, [], what);
      assert.deepEqual(rehearsal.contents(), wanted.contents, what);
      assert.deepEqual(essence(state), wanted.state, what);
    });
    console.log(`      up, ${wanted.state.length} resources: ${counts}`);
  });

  it(`goes to the last resource, at ${DESTROYS} moments of destroy`, async () => {
    const counts = await killEach("destroy", moments(DESTROYS, 2), async (rehearsal, what) => {
      const state = await rehearsal.engine.state();
      assert.deepEqual([state.resources, state.pending, rehearsal.contents()], [[], [], []], what);
    });
    console.log(`      destroy, ${wanted.state.length} resources: ${counts}`);
  });
});
