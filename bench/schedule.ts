import { record } from "../plan/record";
import { scheduleOf } from "../plan/schedule/schedule";
import { readStackFile } from "../plan/stack-file";
import program from "../stacks/index";
import { median } from "./median";

/** What the schedule of one operation takes, once the resources are known. */
export interface Scheduling {
  readonly action: "create" | "destroy";
  readonly resources: number;
  /** The first time in a process, before anything is compiled. */
  readonly firstMs: number;
  /** Median of the runs after it. */
  readonly thenMs: number;
}

/** Of the processors, which a machine that has other work to do does not stretch as much. */
function millisecondsOf(act: () => unknown): number {
  const started = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

/** Schedules an environment, without the plan that it is the schedule of. */
export async function schedules(root: string, environment: string, runs: number): Promise<Scheduling[]> {
  const resources = await record(program, readStackFile(root, environment));
  return (["create", "destroy"] as const).map((action) => {
    const [firstMs = Number.NaN, ...then] = Array.from({ length: runs + 1 }, () => millisecondsOf(() => scheduleOf(resources, action)));
    return { action, resources: resources.length, firstMs, thenMs: median(then) };
  });
}
