import { FARGATE_SIZES } from "../../facts/fargate-sizes";

const MIB_PER_GIB = 1024;

/** Fargate's sizes nearest to one that does not exist: the memory that goes with its CPU, or the CPU units there are. */
export function fargateHint(cpu: number): string {
  const memories = FARGATE_SIZES.filter((size) => size.cpu === cpu).map((size) => size.memory);
  const [least] = memories;
  const most = memories.at(-1);
  if (least === undefined || most === undefined) return `give cpu one of ${[...new Set(FARGATE_SIZES.map((size) => size.cpu))].join(", ")}`;
  // The smallest CPU has three sizes that no step connects.
  if (memories.length <= 3) return `with cpu ${cpu} give memory one of ${memories.map((memory) => `${memory}MiB`).join(", ")}`;
  const step = (memories[1] ?? least) - least;
  return `with cpu ${cpu} give memory ${least / MIB_PER_GIB}GiB to ${most / MIB_PER_GIB}GiB in steps of ${step / MIB_PER_GIB}GiB`;
}
