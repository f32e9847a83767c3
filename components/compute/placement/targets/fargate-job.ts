import { inService, requestsPerMonth } from "../load";
import { least, line, percent } from "../money";
import { type Case, type Estimate } from "../types";
import { CPU_UNITS, sizesFor, taskHour } from "./fargate";
import { type TargetRow } from "./target";

const MS_PER_HOUR = 3_600_000;

function estimate(subject: Case): Estimate | undefined {
  const { demand, shape, environment, facts } = subject;
  if (!shape.job) return undefined;
  const hours = (requestsPerMonth(demand) * Math.max(demand.start + demand.duration, facts.ecs.fargateBilledAtLeast.value)) / MS_PER_HOUR;
  const spot = shape.interruptible;
  const paid = hours * (1 - (spot ? environment.spotDiscount : environment.savings.fargate));
  const best = least(
    sizesFor(subject).map((size) => ({ size, runs: line(spot ? "runs on Spot" : "runs", taskHour(subject, size), paid) })),
    ({ runs }) => runs.usd,
  );
  if (!best) return undefined;
  const { size, runs } = best;
  const cpu = size.cpu / CPU_UNITS;
  const atOnce = Math.max(1, Math.ceil(inService(demand, "peak")));
  return {
    size: { kind: "runs", cpu, memory: size.memory, atOnce, spot },
    summary: `runs of ${cpu} vCPU and ${size.memory} MiB${spot ? " on Spot" : ""}, ${atOnce} at once at the peak, none between`,
    costs: [runs],
    monthlyUsd: runs.usd,
    assumptions: [
      "a run is paid from its start to its end, at least a minute",
      ...(spot ? [`Spot takes ${percent(environment.spotDiscount)} off, the most it ever is, and no run is broken off`] : []),
      ...(!spot && environment.savings.fargate > 0 ? [`a savings plan takes ${percent(environment.savings.fargate)} off`] : []),
    ],
  };
}

export const FARGATE_JOB: TargetRow = {
  name: "Fargate job",
  suits: "periodic or bursty work such as builds, batches and data jobs, so that no cluster need be sized for the peak",
  estimate,
};
