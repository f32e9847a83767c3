import { type ContainerStats, type TaskMetadata, type TaskStats } from "./metadata";

/** Counters of a task at one moment. */
export interface Reading {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly task: TaskMetadata;
  readonly stats: TaskStats;
}

const BYTES_PER_MIB = 1_048_576;
const NANOSECONDS_PER_MS = 1_000_000;

/** One level of a path in Graphite. */
function node(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]/g, "-");
}

/** Nanoseconds of CPU used. */
function cpu(stats: ContainerStats | null | undefined): number | undefined {
  return stats?.cpu_stats?.cpu_usage?.total_usage;
}

/** Bytes in use, without the file cache that the kernel gives back when asked; cgroup v2 and v1 name it differently. */
function memory(stats: ContainerStats | null | undefined): number | undefined {
  const usage = stats?.memory_stats?.usage;
  if (usage === undefined) return undefined;
  const { inactive_file: two, total_inactive_file: one } = stats?.memory_stats?.stats ?? {};
  return Math.max(0, usage - (two ?? one ?? 0));
}

/** Bytes over the task's one network interface: every container counts the same one. */
function network(stats: TaskStats, direction: "rx_bytes" | "tx_bytes"): number | undefined {
  const known = Object.values(stats).find((one) => one?.networks);
  return known?.networks && sum(Object.values(known.networks).map((one) => one[direction]));
}

function disk(stats: ContainerStats | null | undefined, operation: "read" | "write"): number | undefined {
  const known = stats?.blkio_stats?.io_service_bytes_recursive;
  return known ? sum(known.filter(({ op }) => op?.toLowerCase() === operation).map(({ value }) => value)) : undefined;
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

/** Sum over containers; undefined when none has it. */
function overAll(stats: TaskStats, value: (one: ContainerStats | null) => number | undefined): number | undefined {
  const values = Object.values(stats).map(value);
  return values.every((one) => one === undefined) ? undefined : sum(values);
}

/** What a counter grew by in a second; undefined when it is new or started again. */
function rate(now: number | undefined, before: number | undefined, milliseconds: number): number | undefined {
  return now === undefined || before === undefined || now < before || milliseconds <= 0
    ? undefined
    : ((now - before) * 1_000) / milliseconds;
}

/** Share of some vCPUs, in percent, that nanoseconds of CPU are. */
function cpuPercent(now: number | undefined, before: number | undefined, milliseconds: number, vcpus: number): number | undefined {
  const perSecond = rate(now, before, milliseconds);
  return perSecond === undefined ? undefined : (perSecond / (1_000 * NANOSECONDS_PER_MS) / vcpus) * 100;
}

/**
 * Metrics of a task by their name after the task's: `cpu.percent` and `memory.percent` of what the task has, `memory.bytes`, the share of its
 * disk, bytes a second of network and disk, and CPU and memory of each container below `containers.<name>`. What is not known is left out.
 */
export function metricsOf(now: Reading, before: Reading | undefined): Record<string, number> {
  const { task, stats } = now;
  const vcpus = task.Limits?.CPU ?? 1;
  const limit = task.Limits?.Memory;
  const elapsed = now.time - (before?.time ?? now.time);
  const earlier = before?.stats ?? {};
  const used = overAll(stats, memory);
  const storage = task.EphemeralStorageMetrics;
  const growth = (count: (all: TaskStats) => number | undefined) => rate(count(stats), count(earlier), elapsed);
  const all: Record<string, number | undefined> = {
    "cpu.percent": cpuPercent(overAll(stats, cpu), overAll(earlier, cpu), elapsed, vcpus),
    "memory.bytes": used,
    "memory.percent": used === undefined || !limit ? undefined : (used / BYTES_PER_MIB / limit) * 100,
    "storage.percent": storage && storage.Reserved > 0 ? (storage.Utilized / storage.Reserved) * 100 : undefined,
    "network.received": growth((of) => network(of, "rx_bytes")),
    "network.sent": growth((of) => network(of, "tx_bytes")),
    "disk.read": growth((of) => overAll(of, (one) => disk(one, "read"))),
    "disk.written": growth((of) => overAll(of, (one) => disk(one, "write"))),
  };
  for (const { DockerId, Name } of task.Containers) {
    const one = stats[DockerId];
    all[`containers.${node(Name)}.cpu.percent`] = cpuPercent(cpu(one), cpu(earlier[DockerId]), elapsed, vcpus);
    all[`containers.${node(Name)}.memory.bytes`] = memory(one);
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== undefined));
}

/** Last part of a task's ARN. */
export function taskId({ TaskARN }: TaskMetadata): string {
  return node(TaskARN.slice(TaskARN.lastIndexOf("/") + 1));
}

/** Metrics as lines of Graphite's plaintext protocol. */
export function linesOf(prefix: string, now: Reading, before: Reading | undefined): string[] {
  const seconds = Math.floor(now.time / 1_000);
  const rounded = (value: number) => Number(value.toFixed(3));
  return Object.entries(metricsOf(now, before)).map(
    ([name, value]) => `${prefix}.${taskId(now.task)}.${name} ${rounded(value)} ${seconds}\n`,
  );
}
