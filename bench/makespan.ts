import Table from "cli-table3";
import { cpus } from "node:os";
import { type RehearsalOptions, type RehearsalTime } from "../automation/rehearse/scenario";
import { Stage } from "../automation/rehearse/stage";
import { scheduleOf } from "../plan/schedule/schedule";

/** Width the CLI takes by itself. Source: `defaultParallel` in pkg/cmd/pulumi/operations/up.go of pulumi 3.260 (2026-11). */
const WORKERS_PER_CORE = 4;

/** How long an `up` of everything took. */
export interface Makespan extends RehearsalTime {
  readonly what: string;
  /** Of this machine. */
  readonly seconds: number;
}

async function makespan(what: string, options: RehearsalOptions): Promise<Makespan> {
  const stage = await Stage.open(options);
  try {
    const { outcome, seconds } = await stage.time(() => stage.against("up", scheduleOf(stage.plan, "create"), () => stage.engine.up()));
    const [time] = stage.times;
    if (!time) throw new Error(`${what} ended with ${String(outcome.exitCode)}: ${outcome.stderr || outcome.stdout}`);
    return { ...time, what, seconds };
  } finally {
    await stage.close();
  }
}

/** The makespan of `up` with the width of the graph, and beside it that of plain `pulumi up`, on the real engine and in simulated time. */
export async function makespans(root: string, environment: string): Promise<Makespan[]> {
  return [await makespan("strata up", { root, environment }), await makespan("pulumi up", { root, environment, width: "engine" })];
}

/** The makespans as a table. */
export function makespanTable(measured: readonly Makespan[]): string {
  const table = new Table({
    head: ["", "in flight", "makespan, min", "longest path, min", "ratio", "here, s"],
    style: { head: [], border: [] },
  });
  for (const { what, parallel = WORKERS_PER_CORE * cpus().length, minutes, longestPathMinutes, ratio, seconds } of measured)
    table.push([what, parallel, minutes.toFixed(1), longestPathMinutes.toFixed(1), ratio.toFixed(2), seconds.toFixed(0)]);
  return `Makespan of up of dev in simulated time, real engine, simulated cloud\n${table.toString()}\n`;
}

async function print(root: string, environment: string): Promise<void> {
  process.stdout.write(makespanTable(await makespans(root, environment)));
}

if (require.main === module)
  print(process.cwd(), process.argv[2] ?? "dev").catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
