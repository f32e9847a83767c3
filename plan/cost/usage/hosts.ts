import { copies } from "../../../components/compute/placement/load";
import { EC2_TYPES } from "../../../facts/ec2-types";
import { TASK_DEFINITION } from "../../../policy/lib/containers";
import { ECS_SERVICE, podsOf, runsOnEachHost, tasksOf } from "../../../policy/lib/copies";
import { LAUNCH_TEMPLATE } from "../../../policy/lib/network/launch-templates";
import { DEPLOYMENT, podContainersOf, STATEFUL_SET } from "../../../policy/lib/pods";
import { taskAmount } from "../../../policy/lib/price/clusters";
import { cpuOf, gibOf } from "../../../policy/lib/price/quantity";
import { number, read, readPath, type StackResource, text } from "../../../policy/lib/resource";
import { type PlannedResource } from "../../graph";
import { type Assume, sumOf, type UsageContext } from "./usage";

const CPU_UNITS = 1_024;
const MIB_PER_GIB = 1_024;
const SUBNET = "aws:ec2/subnet:Subnet";

/** What a workload takes of the instances it runs on. */
export interface Reservation {
  /** The service it is of; absent for the platform's own. */
  readonly service?: string;
  /** Copies that may each want a host, and zone, of their own. */
  readonly copies: number;
  /** Instances it would fill, if they were filled to the brim. */
  readonly instances: number;
}

/** What one kind of instance offers. */
interface Offer {
  readonly type: string;
  readonly vcpu: number;
  readonly gib: number;
}

function offerOf(type: string): Offer | undefined {
  const found = EC2_TYPES.find((one) => one.type === type);
  return found && { type, vcpu: found.vcpu, gib: found.memory / MIB_PER_GIB };
}

/** The node that Auto Mode would take for small pods of the newest generation with a price here: general, and large. */
export const NODE_TYPE: Offer = { type: "m7g.large", vcpu: 2, gib: 8 };

/** Zones of the subnets of the stack, at least one. */
export function zonesOf(context: UsageContext): number {
  return context.once(countZones);
}

function countZones({ graph }: UsageContext): number {
  return Math.max(1, new Set(graph.ofType(SUBNET).flatMap((subnet) => text(read(subnet, "availabilityZone")) ?? [])).size);
}

/** Instances for some workloads: as many as are filled, and one in each zone that copies are spread over. */
function instancesFor(reservations: readonly Reservation[], packing: number, zones: number): number {
  const filled = sumOf(reservations, ({ instances }) => instances) / packing;
  const spread = Math.max(0, ...reservations.map((one) => Math.min(one.copies, zones)));
  return Math.max(filled, spread);
}

/** Copies of a workload on instances: what it asks for at the least, or what the demand of its service takes. */
function copiesOf(context: UsageContext, resource: StackResource, fewest: number, cpu: number): { service?: string; copies: number } {
  const service = context.owner(resource);
  if (service === undefined || cpu <= 0) return { copies: fewest };
  const { average } = copies(service.demand, cpu, "instances", 0);
  return { service: service.name, copies: service.target === "eks-stateful" ? fewest : Math.max(fewest, average) };
}

function reservation(owner: { service?: string; copies: number }, cpu: number, gib: number, offer: Offer): Reservation {
  return { ...owner, instances: owner.copies * Math.max(cpu / offer.vcpu, gib / offer.gib) };
}

/** What each workload of Kubernetes takes of its nodes; daemons are part of what is not sold. */
export function podReservations(context: UsageContext): readonly Reservation[] {
  return context.once(computePods);
}

function computePods(context: UsageContext): readonly Reservation[] {
  return context.graph.ofType(DEPLOYMENT, STATEFUL_SET).map((workload) => {
    const { fewest = 1 } = podsOf(workload, context.graph);
    const containers = podContainersOf(workload);
    const all = containers.state === "known" ? containers.value.filter(({ init }) => !init) : [];
    const asked = (what: string) => all.map(({ spec }) => text(readPath(spec, `resources.requests.${what}`)) ?? "");
    const cpu = sumOf(asked("cpu"), (one) => cpuOf(one) ?? 0);
    const gib = sumOf(asked("memory"), (one) => gibOf(one) ?? 0);
    return reservation(copiesOf(context, workload, fewest, cpu), cpu, gib, NODE_TYPE);
  });
}

/** Nodes on average. */
export function nodesOf(context: UsageContext, assume: Assume): number {
  assume("demand.share");
  return instancesFor(podReservations(context), assume("node.packing"), zonesOf(context));
}

const OVERRIDE = "mixedInstancesPolicy.launchTemplate.overrides[0].instanceType";
const TEMPLATE = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId";

/** What the tasks of services take of the instances of ECS. */
export function taskReservations(context: UsageContext): readonly Reservation[] {
  return context.once(computeTasks);
}

function computeTasks(context: UsageContext): readonly Reservation[] {
  const offer = NODE_TYPE;
  return context.graph.ofType(ECS_SERVICE).flatMap((service) => {
    const strategies = service.inputs["capacityProviderStrategies"];
    const provider = Array.isArray(strategies) ? text(readPath({ first: strategies[0] ?? null }, "first.capacityProvider")) : undefined;
    if (runsOnEachHost(service) || provider === undefined || provider.startsWith("FARGATE")) return [];
    const task = context.graph.reference(service, "taskDefinition", [TASK_DEFINITION]);
    if (task?.kind !== "resource") return [];
    const cpu = (taskAmount(task.resource, "cpu").value ?? 0) / CPU_UNITS;
    const gib = (taskAmount(task.resource, "memory").value ?? 0) / MIB_PER_GIB;
    const { fewest = 0 } = tasksOf(service, context.graph);
    return [reservation(copiesOf(context, service, fewest, cpu), cpu, gib, offer)];
  });
}

/** The instances of a group: their type, the disk of each, and how many are started beyond those it always has. */
export function instancesOf(
  group: PlannedResource,
  context: UsageContext,
  assume: Assume = () => 1,
): { readonly type: string | undefined; readonly diskGb: number; readonly extra: number } {
  const template = context.graph.reference(group, TEMPLATE, [LAUNCH_TEMPLATE]);
  const found = template?.kind === "resource" ? template.resource : undefined;
  const type = text(read(group, OVERRIDE)) ?? (found && text(read(found, "instanceType")));
  const fixed = number(read(group, "desiredCapacity")) ?? number(read(group, "minSize")) ?? 0;
  assume("demand.share");
  const wanted = instancesFor(taskReservations(context), assume("node.packing"), zonesOf(context));
  const scale = type === undefined ? undefined : offerOf(type);
  // Tasks are measured in instances of two vCPU; another type takes more or fewer of them.
  const needed = scale === undefined ? wanted : wanted * Math.max(NODE_TYPE.vcpu / scale.vcpu, NODE_TYPE.gib / scale.gib);
  const disk = found === undefined ? undefined : number(read(found, "blockDeviceMappings[0].ebs.volumeSize"));
  return { type, diskGb: disk ?? 0, extra: Math.max(0, needed - fixed) };
}
