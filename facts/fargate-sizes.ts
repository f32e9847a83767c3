import { type Fact } from "./row";

/** A task size that Fargate (Linux) accepts. */
export interface FargateSize extends Fact {
  /** CPU units: 1,024 a vCPU. */
  readonly cpu: number;
  /** Memory in MiB. */
  readonly memory: number;
}

const SOURCE = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
  date: "2026-11",
} as const;

function sizes(cpu: number, first: number, last: number, step: number): FargateSize[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => ({ cpu, memory: first + index * step, ...SOURCE }));
}

/** Every pair of CPU and memory that Fargate accepts for Linux, from small to large. */
export const FARGATE_SIZES: readonly FargateSize[] = [
  { cpu: 256, memory: 512, ...SOURCE },
  { cpu: 256, memory: 1_024, ...SOURCE },
  { cpu: 256, memory: 2_048, ...SOURCE },
  ...sizes(512, 1_024, 4_096, 1_024),
  ...sizes(1_024, 2_048, 8_192, 1_024),
  ...sizes(2_048, 4_096, 16_384, 1_024),
  ...sizes(4_096, 8_192, 30_720, 1_024),
  ...sizes(8_192, 16_384, 61_440, 4_096),
  ...sizes(16_384, 32_768, 122_880, 8_192),
];

/** True when Fargate accepts a task of this many CPU units and MiB. */
export function isFargateSize(cpu: number, memory: number): boolean {
  return FARGATE_SIZES.some((size) => size.cpu === cpu && size.memory === memory);
}

/** The smallest size that holds so many CPU units and MiB; throws when none is as large. */
export function fargateSizeFor(cpu: number, memory: number): { readonly cpu: number; readonly memory: number } {
  const size = FARGATE_SIZES.find((one) => one.cpu >= cpu && one.memory >= memory);
  if (!size) throw new Error(`no Fargate size holds ${cpu} CPU units and ${memory} MiB`);
  return { cpu: size.cpu, memory: size.memory };
}

/** The sizes closest to one that Fargate refuses, in words: such as `cpu 512 with 1024MiB or 2048MiB`. */
export function nearestFargateSizes(cpu: number, memory: number): string {
  const steps = [...new Set(FARGATE_SIZES.map((size) => size.cpu))];
  const nearestCpu = steps.reduce((best, step) => (Math.abs(step - cpu) < Math.abs(best - cpu) ? step : best));
  const memories = FARGATE_SIZES.filter((size) => size.cpu === nearestCpu).map((size) => size.memory);
  const below = memories.filter((size) => size < memory).at(-1);
  const above = memories.find((size) => size >= memory);
  return `cpu ${nearestCpu} with ${[below, above].flatMap((size) => (size === undefined ? [] : `${size}MiB`)).join(" or ")}`;
}
