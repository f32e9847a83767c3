import { PLACEMENT_FACTS } from "./placement-facts";
import { type PlacementEnvironment } from "./types";

/** Share of instances that is sold to copies when an environment doesn't say; the rest is headroom and what doesn't fit. */
export const DEFAULT_PACKING = 0.8;

/** What an environment must say, and what it may. */
export type PlacementSettings = Pick<PlacementEnvironment, "region" | "durable"> &
  Partial<Omit<PlacementEnvironment, "savings" | "clusters">> & {
    readonly savings?: Partial<PlacementEnvironment["savings"]>;
    readonly clusters?: Partial<PlacementEnvironment["clusters"]>;
  };

/**
 * Fills in what an environment leaves open. Defaults: `arm64`, nobody looks after instances, packing 0.8, no Spot for services, the largest
 * known Spot discount, no savings plan, a cluster of instances where somebody looks after them, no Kubernetes cluster yet, a load balancer of
 * the service's own, and the account's default concurrency.
 */
export function placementEnvironment(settings: PlacementSettings): PlacementEnvironment {
  return {
    architecture: "arm64",
    runsInstances: false,
    ec2Packing: DEFAULT_PACKING,
    spotShare: 0,
    spotDiscount: PLACEMENT_FACTS.fargateSpotDiscount,
    loadBalancerSharedBy: 1,
    functionConcurrency: PLACEMENT_FACTS.lambda.concurrency.value,
    ...settings,
    savings: { lambda: 0, fargate: 0, ec2: 0, ...settings.savings },
    clusters: { ec2: settings.runsInstances ?? false, eks: false, ...settings.clusters },
  };
}
