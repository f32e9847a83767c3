import { type Limit } from "./row";

const QUOTAS = { source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html", date: "2026-11" } as const;

/** What Amazon ECS allows. Sizes of Fargate tasks: `fargate-sizes.ts`. */
export const ECS_LIMITS = {
  targetGroupsPerService: { value: 5, unit: "count", adjustable: false, ...QUOTAS },
  containersPerTask: { value: 10, unit: "count", adjustable: false, ...QUOTAS },
  capacityProvidersPerCluster: { value: 20, unit: "count", adjustable: false, ...QUOTAS },
  /** A Fargate task is billed by the second, but at least for this long. */
  fargateBilledAtLeast: {
    value: 60_000,
    unit: "ms",
    adjustable: false,
    source: "https://aws.amazon.com/fargate/pricing/",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;
