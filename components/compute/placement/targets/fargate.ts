import { type FargateSize } from "../../../../facts/fargate-sizes";
import { copies, loadAssumptions, MIB_PER_GIB, minimumCopies, requestCpu } from "../load";
import { hourly, total, unitPrice } from "../money";
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

function estimateSize(subject: Case, size: FargateSize): Estimate {
  const { demand, environment } = subject;
  const cpu = size.cpu / CPU_UNITS;
  const minimum = minimumCopies(environment);
  const { average, maximum } = copies(demand, cpu, "tasks", minimum);
  const costs = [hourly("tasks", taskHour(subject, size), paidCopies(average, environment)), ...loadBalancerCosts(subject)];
  return {
    size: { kind: "copies", cpu, memory: size.memory, average, minimum, maximum, spotShare: environment.spotShare },
    summary: `${minimum} to ${maximum} tasks of ${cpu} vCPU and ${size.memory} MiB, ${average.toFixed(1)} on average`,
    costs,
    monthlyUsd: total(costs),
    assumptions: [
      ...loadAssumptions(demand, "tasks"),
      ...loadBalancerAssumptions(subject),
      ...(environment.spotShare > 0
        ? [
            `${environment.spotShare * 100} % of the tasks above the first run on Spot at ${environment.spotDiscount * 100} % off, the most it ever is`,
          ]
        : []),
      ...(environment.savings.fargate > 0 ? [`a savings plan takes ${environment.savings.fargate * 100} % off tasks on demand`] : []),
    ],
  };
}

/** True for a service that serves until it is stopped and keeps no state: what a number of equal copies can be. */
export function servesStateless({ shape }: Case): boolean {
  return !shape.job && shape.volumes === 0;
}

/** The cheapest of estimates; of two that cost the same, or are unpriced, the first. */
export function cheapest(estimates: readonly Estimate[]): Estimate | undefined {
  return estimates.reduce<Estimate | undefined>(
    (best, next) => (best === undefined || (next.monthlyUsd ?? Infinity) < (best.monthlyUsd ?? Infinity) ? next : best),
    undefined,
  );
}

export const FARGATE: TargetRow = {
  name: "Fargate",
  suits: "services when nobody wants to run instances, so that no cluster need be sized for the peak",
  estimate: (subject) => (servesStateless(subject) ? cheapest(sizesFor(subject).map((size) => estimateSize(subject, size))) : undefined),
};
