import { HOURS_PER_MONTH } from "../../../facts/prices/month";
import { copies } from "../../../components/compute/placement/load";
import { ECS_LIMITS } from "../../../facts/limits-ecs";
import { TASK_DEFINITION } from "../../../policy/lib/containers";
import { ECS_SERVICE, runsOnEachHost, tasksOf } from "../../../policy/lib/copies";
import { taskAmount, KARPENTER_POOL } from "../../../policy/lib/price/clusters";
import { LAMBDA, SCALING_GROUP } from "../../../policy/lib/price/compute";
import { number, read, text } from "../../../policy/lib/resource";
import { type PlannedResource } from "../../graph";
import { type ServiceUse } from "../services";
import { instancesOf, NODE_TYPE, nodesOf } from "./hosts";
import { amountOf, type Assume, charge, KB_PER_GB, MILLION, type UsageCharge, type UsageContext, type UsagePricer, used } from "./usage";
import { logGbOf } from "./logs";

const CPU_UNITS = 1_024;
const MIB_PER_GIB = 1_024;
const MS_PER_HOUR = 3_600_000;
const MS_PER_SECOND = 1_000;
const LOG_SHIPPER = "log-shipper";
const DEFAULT_MIB = 128;

/** Runs of a function a month and the seconds each takes: those of its service, those of shipped logs, or those of the platform. */
function runsOf(resource: PlannedResource, context: UsageContext, assume: Assume): [number, number] {
  const service = context.owner(resource);
  if (service?.target === "lambda" && service.name === resource.name) {
    assume("demand.share");
    return [service.requests, service.demand.duration / MS_PER_SECOND];
  }
  const seconds = assume("platform.function-seconds");
  if (resource.name === LOG_SHIPPER) return [(logGbOf(context, assume) * KB_PER_GB) / assume("log.batch-kb"), seconds];
  return [assume("platform.function-calls"), seconds];
}

function lambda(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const gb = (number(read(resource, "memorySize")) ?? DEFAULT_MIB) / MIB_PER_GIB;
  const architecture = text(read(resource, "architectures[0]")) ?? "x86_64";
  return [
    ...charge(context, "requests", "lambda.requests", (assume) => runsOf(resource, context, assume)[0] / MILLION),
    ...charge(context, "time it runs", `lambda.gb-second.${architecture}`, (assume) => {
      const [runs, seconds] = runsOf(resource, context, assume);
      return runs * seconds * gb;
    }),
  ];
}

const FARGATE_PROVIDERS = ["FARGATE", "FARGATE_SPOT"];

/** The providers of a service, in the order it names them. */
function providersOf(service: PlannedResource): readonly string[] {
  const launchType = text(read(service, "launchType"));
  if (launchType !== undefined) return [launchType];
  const strategies = service.inputs["capacityProviderStrategies"];
  return Array.isArray(strategies)
    ? strategies.flatMap((one) => text(read({ ...service, inputs: { one } }, "one.capacityProvider")) ?? [])
    : [];
}

/** vCPU hours and GB hours of a task, for so many hours of it. */
function taskCharges(context: UsageContext, task: PlannedResource, what: string, hours: (assume: Assume) => number): UsageCharge[] {
  const architecture = text(read(task, "runtimePlatform.cpuArchitecture")) === "ARM64" ? "arm64" : "x86_64";
  const cpu = taskAmount(task, "cpu").value ?? 0;
  const memory = taskAmount(task, "memory").value ?? 0;
  const { value, ids } = amountOf(context, hours);
  return [
    ...used(`vCPU hours of ${what}`, `fargate.vcpu-hour.${architecture}`, (value * cpu) / CPU_UNITS, ids),
    ...used(`GB hours of ${what}`, `fargate.gb-hour.${architecture}`, (value * memory) / MIB_PER_GIB, ids),
  ];
}

/** What the tasks of a service cost beyond the fewest, which are paid for in any case. */
function ecsService(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const service = context.owner(resource);
  const [provider] = providersOf(resource);
  if (runsOnEachHost(resource) || service === undefined || service.target === "fargate-job" || provider === undefined) return [];
  if (!FARGATE_PROVIDERS.includes(provider)) return [];
  const task = context.graph.reference(resource, "taskDefinition", [TASK_DEFINITION]);
  const { fewest } = tasksOf(resource, context.graph);
  if (task?.kind !== "resource" || fewest === undefined)
    return [{ kind: "unpriced", what: "tasks above the fewest", why: "its size is not known yet" }];
  const found = task.resource as PlannedResource;
  return taskCharges(context, found, "tasks above the fewest", (assume) => {
    assume("demand.share");
    const cpu = (taskAmount(found, "cpu").value ?? 0) / CPU_UNITS;
    return Math.max(0, copies(service.demand, cpu, "tasks", 0).average - fewest) * HOURS_PER_MONTH;
  });
}

/** Runs of a job: each is paid from its start to its end, at least a minute. */
function job(task: PlannedResource, context: UsageContext): UsageCharge[] {
  const service = context.owner(task);
  if (service?.target !== "fargate-job") return [];
  const onSpot = context.once(spotServices).has(service.name);
  return taskCharges(context, task, onSpot ? "runs, at what Spot takes off" : "runs", (assume) => {
    assume("demand.share");
    return runHours(service) * (onSpot ? 1 - assume("spot.discount") : 1);
  });
}

function runHours({ requests, demand }: ServiceUse): number {
  return (requests * Math.max(demand.duration + demand.start, ECS_LIMITS.fargateBilledAtLeast.value)) / MS_PER_HOUR;
}

/** Services whose tasks run on Spot first. */
function spotServices(context: UsageContext): ReadonlySet<string> {
  return new Set(
    context.graph
      .ofType(ECS_SERVICE)
      .flatMap((resource) => (providersOf(resource as PlannedResource)[0] === "FARGATE_SPOT" ? (context.owner(resource)?.name ?? []) : [])),
  );
}

/** Instances that are started for the tasks of services; `hosts.ts` says how many. */
function scalingGroup(group: PlannedResource, context: UsageContext): UsageCharge[] {
  const { type, diskGb } = instancesOf(group, context);
  const hours = (assume: Assume) => instancesOf(group, context, assume).extra * HOURS_PER_MONTH;
  return [
    ...charge(context, `hours of ${type ?? "instances"} for tasks`, `ec2.${type ?? ""}`, hours),
    ...charge(context, "gp3 storage of instances for tasks", "ebs.gp3", (assume) => (hours(assume) / HOURS_PER_MONTH) * diskGb),
  ];
}

/** Nodes that Auto Mode starts for pods, with its charge for them. */
function nodePool(_: PlannedResource, context: UsageContext): UsageCharge[] {
  const hours = (assume: Assume) => nodesOf(context, assume) * HOURS_PER_MONTH;
  return [
    ...charge(context, `hours of ${NODE_TYPE.type} for pods`, `ec2.${NODE_TYPE.type}`, hours),
    ...charge(context, `charge of Auto Mode for ${NODE_TYPE.type}`, `eks.auto-mode.${NODE_TYPE.type}`, hours),
    ...charge(context, "gp3 storage of nodes", "ebs.gp3", (assume) => nodesOf(context, assume) * assume("node.disk-gb")),
  ];
}

/** Functions, tasks, and the instances that carry them. */
export const COMPUTE_USAGE: readonly UsagePricer[] = [
  { types: [LAMBDA], charges: lambda },
  { types: [ECS_SERVICE], charges: ecsService },
  { types: [TASK_DEFINITION], charges: job },
  { types: [SCALING_GROUP], charges: scalingGroup },
  { types: [KARPENTER_POOL], charges: nodePool },
  // The nodes are counted with the pool, so that several pools of one cluster would not count them twice.
  { types: ["aws:eks/cluster:Cluster"], charges: () => [] },
];
