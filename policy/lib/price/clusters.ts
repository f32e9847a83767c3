import { TASK_DEFINITION } from "../containers";
import { ECS_SERVICE, runsOnEachHost, tasksOf } from "../copies";
import type { StackGraph } from "../graph";
import { EKS_CLUSTER } from "../network/eks";
import { elements, number, read, readFlag, type Reading, readPath, type Resource, type StackResource, text } from "../resource";
import { type Amount, amount, type Charge, combined, hourly, prefixed, type Pricer, unpriced, usage, type Word } from "./charge";

const ECS_CLUSTER = "aws:ecs/cluster:Cluster";
const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
export const KARPENTER_POOL = "kubernetes:karpenter.sh/v1:NodePool";

const CPU_UNITS = 1_024;
const MIB_PER_GIB = 1_024;
/** GB of disk that every Fargate task has. Source: Amazon ECS developer guide, "Fargate task ephemeral storage" (2026-11). */
const TASK_DISK_GB = 20;
const FARGATE = "FARGATE";
const FARGATE_SPOT = "FARGATE_SPOT";

/** CPU units or MiB of a task, also when they are written as `1 vCPU` or `2 GB`. */
export function taskAmount(task: Resource, property: "cpu" | "memory"): Amount {
  const reading = read(task, property);
  const [, digits, unit] = /^(\d*\.?\d+)\s*(vCPU|GB)$/i.exec(text(reading) ?? "") ?? [];
  return { value: unit === undefined ? number(reading) : Number(digits) * CPU_UNITS, property };
}

/** One entry of a capacity provider strategy. */
interface Share {
  readonly provider: string | undefined;
  readonly base: number;
  readonly weight: number;
}

/** How the tasks of a service are spread over capacity providers; undefined when that is not known. */
function strategyOf(service: StackResource, graph: StackGraph): readonly Share[] | undefined {
  const launchType = read(service, "launchType");
  if (launchType.state !== "absent")
    return text(launchType) === undefined ? undefined : [{ provider: text(launchType), base: 0, weight: 1 }];
  const own = shares(elements(read(service, "capacityProviderStrategies")));
  if (own === undefined || own.length > 0) return own;
  const cluster = graph.reference(service, "cluster", [ECS_CLUSTER]);
  if (cluster?.kind !== "resource") return cluster === undefined ? [] : undefined;
  const [defaults] = graph.referring(cluster.resource, "clusterName", [CLUSTER_PROVIDERS]);
  return defaults === undefined ? [] : shares(elements(read(defaults, "defaultCapacityProviderStrategies")));
}

function shares(strategies: readonly Reading[]): Share[] | undefined {
  const result: Share[] = [];
  for (const strategy of strategies) {
    if (strategy.state !== "known") return undefined;
    const provider = readPath(strategy.value, "capacityProvider");
    const [base, weight] = ["base", "weight"].map((key) => readPath(strategy.value, key));
    result.push({ provider: text(provider), base: (base && number(base)) ?? 0, weight: (weight && number(weight)) ?? 0 });
  }
  return result;
}

/** How many of a number of tasks run on one provider on average: its base first, then by weight. */
function tasksOn(provider: string, strategy: readonly Share[], tasks: number): number {
  const bases = strategy.reduce((sum, { base }) => sum + base, 0);
  const weights = strategy.reduce((sum, { weight }) => sum + weight, 0);
  const rest = Math.max(0, tasks - bases);
  return strategy
    .filter((share) => share.provider === provider)
    .reduce((sum, { base, weight }) => sum + Math.min(base, tasks) + (weights > 0 ? (rest * weight) / weights : 0), 0);
}

/** Tasks on Fargate at the fewest the service runs; those on instances are paid for with their instances. */
function service(resource: StackResource, graph: StackGraph): Charge[] {
  if (runsOnEachHost(resource)) return [];
  const strategy = strategyOf(resource, graph);
  if (strategy === undefined) return [{ kind: "unknown", what: "tasks", property: "capacityProviderStrategies" }];
  const serverless = [FARGATE, FARGATE_SPOT].some((name) => strategy.some(({ provider }) => provider === name));
  if (!serverless) return [];
  const { fewest, property } = tasksOf(resource, graph);
  const on = (provider: string): Amount => ({ value: fewest === undefined ? undefined : tasksOn(provider, strategy, fewest), property });
  const spot = on(FARGATE_SPOT);
  return [
    ...taskCharges(resource, graph, on(FARGATE)),
    ...(spot.value === undefined || spot.value === 0 ? [] : [unpriced("tasks on Fargate Spot", "its price changes by the hour")]),
    ...(readFlag(resource, "networkConfiguration.assignPublicIp", false) === true
      ? hourly("public IPv4 addresses", "ipv4.public", { value: fewest, property })
      : []),
    usage("tasks above the fewest"),
  ];
}

function taskCharges(resource: StackResource, graph: StackGraph, tasks: Amount): Charge[] {
  if (tasks.value === 0) return [];
  const found = graph.reference(resource, "taskDefinition", [TASK_DEFINITION]);
  if (found?.kind !== "resource") return [{ kind: "unknown", what: "tasks", property: "taskDefinition" }];
  const task = found.resource;
  const architecture = architectureOf(task);
  const each = (size: Amount, unit: number): Amount => combined([size, tasks], (value, count) => (value / unit) * count);
  const disk = combined([amount(task, "ephemeralStorage.sizeInGib", TASK_DISK_GB)], (value) => value - TASK_DISK_GB);
  return [
    ...hourly("vCPU hours of tasks", prefixed("fargate.vcpu-hour.", architecture), each(taskAmount(task, "cpu"), CPU_UNITS)),
    ...hourly("GB hours of tasks", prefixed("fargate.gb-hour.", architecture), each(taskAmount(task, "memory"), MIB_PER_GIB)),
    ...hourly("disk of tasks", "fargate.storage.gb-hour", each(disk, 1)),
  ];
}

/** The architecture of a task as Lambda spells it; a Windows task has another price. Source: `cpuArchitecture` of aws.ecs.TaskDefinition, default X86_64. */
function architectureOf(task: StackResource): Word {
  const property = "runtimePlatform";
  const system = read(task, `${property}.operatingSystemFamily`);
  if (system.state === "unknown") return { value: undefined, property };
  if (/^WINDOWS/.test(text(system) ?? "")) return { value: "windows", property };
  const architecture = read(task, `${property}.cpuArchitecture`);
  if (architecture.state === "unknown") return { value: undefined, property };
  return { value: text(architecture) === "ARM64" ? "arm64" : "x86_64", property };
}

/** Containers: the control plane of EKS, and tasks that no instance carries. An ECS cluster is free. */
export const CLUSTER_PRICERS: readonly Pricer[] = [
  { types: [ECS_SERVICE], charges: service },
  {
    types: [EKS_CLUSTER],
    charges: (cluster) => [
      ...hourly("hours of the control plane", "eks.cluster", 1),
      ...(readFlag(cluster, "computeConfig.enabled", false) === false
        ? []
        : [usage("nodes that Auto Mode starts, and its charge for them")]),
    ],
  },
  { types: ["aws:eks/fargateProfile:FargateProfile"], charges: () => [usage("pods on Fargate")] },
  { types: [KARPENTER_POOL], charges: () => [usage("nodes that are started for pods")] },
];
