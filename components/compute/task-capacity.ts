import type * as pulumi from "@pulumi/pulumi";

/**
 * Where tasks get their CPU and memory: Fargate, or instances of an auto-scaling group. ECS refuses a strategy that mixes the two
 * (ECS developer guide, "Capacity provider considerations", 2026-11), so one of these is all that a strategy is ever made from.
 */
export interface TaskCapacity {
  /** What the task definition must be compatible with. */
  readonly compatibility: "FARGATE" | "EC2";
  /** Capacity provider whose tasks nobody takes away. */
  readonly onDemand: pulumi.Input<string>;
  /** Capacity provider whose tasks get two minutes' notice. Absent where there is none. */
  readonly spot?: pulumi.Input<string>;
  /** Instruction set of the tasks. Absent where instances of both are mixed, and every image must be built for both. */
  readonly architecture?: "ARM64" | "X86_64";
  /** How tasks are spread over instances; empty on Fargate, which spreads over availability zones by itself. */
  readonly placement: readonly { readonly type: "spread" | "binpack"; readonly field: string }[];
  /** A strategy is refused until these exist. */
  readonly ready: readonly pulumi.Resource[];
}

/** One line of a capacity provider strategy, as ECS, EventBridge and EventBridge Scheduler all spell it. */
export interface StrategyLine {
  readonly capacityProvider: pulumi.Input<string>;
  readonly base?: number;
  readonly weight: number;
}

/** Shares of capacity providers are whole weights. */
const WEIGHT_TOTAL = 100;

/**
 * The capacity provider strategy of a service or a run.
 * @param base tasks that are never on Spot, so that losing all of Spot leaves them.
 * @param spotShare share of the tasks above the base that run on Spot, 0 to 1.
 * @throws {Error} when a share is asked of a capacity without Spot: to run on demand instead would be a surprise on the bill.
 */
export function capacityStrategy({ onDemand, spot }: TaskCapacity, base: number, spotShare: number): StrategyLine[] {
  const spotWeight = Math.round(spotShare * WEIGHT_TOTAL);
  if (spotWeight > 0 && spot === undefined) throw new Error(`a Spot share of ${spotShare} is asked of a cluster without Spot capacity`);
  const lines: StrategyLine[] = [
    { capacityProvider: onDemand, base, weight: WEIGHT_TOTAL - spotWeight },
    ...(spot === undefined ? [] : [{ capacityProvider: spot, weight: spotWeight }]),
  ];
  // A line without base or weight would say nothing, and ECS wants at least one weight above zero.
  return lines.filter((line) => line.weight > 0 || (line.base ?? 0) > 0);
}
