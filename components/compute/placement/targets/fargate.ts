import { type FargateSize } from "../../../../facts/fargate-sizes";
import { copies, countText, loadAssumptions, MIB_PER_GIB, minimumCopies, requestCpu } from "../load";
import { hourly, least, percent, total, unitPrice } from "../money";
import { type Case, type Estimate } from "../types";
import { loadBalancerAssumptions, loadBalancerCosts } from "./access";
import { type TargetRow } from "./target";

export const CPU_UNITS = 1_024;

/** Task sizes that hold one copy and don't slow a request down. */
export function sizesFor({ demand, facts }: Case): FargateSize[] {
  return facts.fargateSizes.filter(({ cpu, memory }) => memory >= demand.memory && cpu / CPU_UNITS >= requestCpu(demand));
}

/** Price of a task for an hour on demand; undefined when it is not known. */
export function taskHour(subject: Case, { cpu, memory }: FargateSize): number | undefined {
  const { architecture } = subject.environment;
  const vcpu = unitPrice(subject, `fargate.vcpu-hour.${architecture}`);
  const gb = unitPrice(subject, `fargate.gb-hour.${architecture}`);
  return vcpu === undefined || gb === undefined ? undefined : (cpu / CPU_UNITS) * vcpu + (memory / MIB_PER_GIB) * gb;
}

/** Hours on demand that cost as much as `average` copies, the first on demand and `spotShare` of the others on Spot. */
function paidCopies(average: number, { spotShare, spotDiscount, savings }: Case["environment"]): number {
  const spot = Math.max(0, average - 1) * spotShare;
  return (average - spot) * (1 - savings.fargate) + spot * (1 - spotDiscount);
}

/** Tasks of one size: how many, and what they cost. */
function tasksOf(subject: Case, size: FargateSize) {
  const minimum = minimumCopies(subject.environment);
  const count = { minimum, ...copies(subject.demand, size.cpu / CPU_UNITS, "tasks", minimum) };
  return { size, count, tasks: hourly("tasks", taskHour(subject, size), paidCopies(count.average, subject.environment)) };
}

/** True for a service that serves until it is stopped and keeps no state: what a number of equal copies can be. */
export function servesStateless({ shape }: Case): boolean {
  return !shape.job && shape.volumes === 0;
}

function estimate(subject: Case): Estimate | undefined {
  if (!servesStateless(subject)) return undefined;
  const { demand, environment } = subject;
  const { spotShare, spotDiscount, savings } = environment;
  const best = least(
    sizesFor(subject).map((size) => tasksOf(subject, size)),
    ({ tasks }) => tasks.usd,
  );
  if (!best) return undefined;
  const { size, count, tasks } = best;
  const cpu = size.cpu / CPU_UNITS;
  const costs = [tasks, ...loadBalancerCosts(subject)];
  return {
    size: { kind: "copies", cpu, memory: size.memory, ...count, spotShare },
    summary: `${countText(count, "task")} of ${cpu} vCPU and ${size.memory} MiB, ${count.average.toFixed(1)} on average`,
    costs,
    monthlyUsd: total(costs),
    assumptions: [
      ...loadAssumptions(demand, "tasks"),
      ...loadBalancerAssumptions(subject),
      ...(spotShare > 0
        ? [`${percent(spotShare)} of the tasks above the first run on Spot at ${percent(spotDiscount)} off, the most it ever is`]
        : []),
      ...(savings.fargate > 0 ? [`a savings plan takes ${percent(savings.fargate)} off tasks on demand`] : []),
    ],
  };
}

export const FARGATE: TargetRow = {
  name: "Fargate",
  suits: "services when nobody wants to run instances, so that no cluster need be sized for the peak",
  estimate,
};
