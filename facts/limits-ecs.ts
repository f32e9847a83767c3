import { type Fact, type Limit } from "./row";

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

/** Capacity that AWS brings itself; any other capacity provider is a group of instances, and the two are not mixed in a strategy. */
export const FARGATE_PROVIDERS: Fact & { readonly names: readonly string[] } = {
  names: ["FARGATE", "FARGATE_SPOT"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html",
  date: "2026-11",
};

/** How the name of a capacity provider must not begin, in any case. */
export const RESERVED_PROVIDER_PREFIXES: Fact & { readonly prefixes: readonly string[] } = {
  prefixes: ["aws", "ecs", "fargate"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html",
  date: "2026-11",
};

/** Options of the `awslogs` log driver that a task is refused without: on every host, and on Fargate besides. */
export const AWSLOGS_OPTIONS: Fact & { readonly always: readonly string[]; readonly fargate: readonly string[] } = {
  always: ["awslogs-group", "awslogs-region"],
  fargate: ["awslogs-stream-prefix"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
  date: "2026-11",
};
