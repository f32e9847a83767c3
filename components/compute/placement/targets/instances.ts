import { type Ec2Type } from "../../../../facts/ec2-types";
import { podsByPrefix } from "../../../../facts/limits-eks";
import { type PriceItem } from "../../../../facts/prices/price";
import { COPY_CPUS, copies, copyCapacity, countText, inService, loadAssumptions, MIB_PER_GIB, minimumCopies, requestCpu } from "../load";
import { hourly, least, line, percent, total, unitPrice } from "../money";
import { type Case, type CostLine, type Estimate } from "../types";
import { loadBalancerAssumptions, loadBalancerCosts } from "./access";
import { servesStateless } from "./fargate";
import { type TargetRow } from "./target";

/** Share of an instance's memory that the system and the cluster's agents keep: a copy must fit beside it. Its cost is part of the packing. */
export const RESERVED_MEMORY = 0.1;

/** How one kind of cluster differs from another. */
interface ClusterKind {
  readonly copyName: "task" | "pod";
  /** How copies get their addresses, as an assumption. */
  readonly network: string;
  /** Copies that an instance can give an address to. */
  readonly slots: (type: Ec2Type) => number;
  /** Added to the on-demand price of each instance. */
  readonly surcharge: (subject: Case) => number;
  /** True when the cluster is there whether this service joins or not. */
  readonly shared: (subject: Case) => boolean;
  /** What the cluster itself costs by the hour; absent when it is free. */
  readonly fee?: PriceItem;
}

const ECS_CLUSTER: ClusterKind = {
  copyName: "task",
  network: "the account setting awsvpcTrunking is on: without it an instance gives an address to two or three tasks only",
  slots: ({ branchEnis, enis }) => (branchEnis > 0 ? branchEnis : enis - 1),
  surcharge: () => 0,
  shared: ({ environment }) => environment.clusters.ec2,
};

const EKS_CLUSTER: ClusterKind = {
  copyName: "pod",
  network: "nodes are given address prefixes",
  slots: podsByPrefix,
  surcharge: ({ facts }) => facts.eksAutoModeSurcharge,
  shared: ({ environment }) => environment.clusters.eks,
  fee: "eks.cluster",
};

/** A copy of a size on an instance type. */
interface Packed {
  readonly type: Ec2Type;
  readonly cpu: number;
  /** Share of the instance that the copy takes, on what it takes most of. */
  readonly share: number;
}

function share(type: Ec2Type, cpu: number, memory: number, slots: number): number {
  return Math.max(cpu / (type.vcpu * type.baseline), memory / type.memory, 1 / slots);
}

/** Every size of a copy on every instance type that holds it. */
function packings(subject: Case, kind: ClusterKind): Packed[] {
  const { demand, facts, environment } = subject;
  return facts.ec2Types
    .filter(({ architecture, memory }) => architecture === environment.architecture && demand.memory <= memory * (1 - RESERVED_MEMORY))
    .flatMap((type) =>
      COPY_CPUS.filter((cpu) => cpu >= requestCpu(demand) && cpu <= type.vcpu * type.baseline).map((cpu) => ({
        type,
        cpu,
        share: share(type, cpu, demand.memory, kind.slots(type)),
      })),
    );
}

/** True when some instance type of the environment's architecture holds a copy. */
export function fitsInstance(subject: Case): boolean {
  return packings(subject, ECS_CLUSTER).length > 0;
}

function instanceHour(subject: Case, kind: ClusterKind, { type }: Ec2Type): number | undefined {
  const onDemand = unitPrice(subject, `ec2.${type}`);
  return onDemand === undefined ? undefined : onDemand * (1 - subject.environment.savings.ec2 + kind.surcharge(subject));
}

/** Copies of a packing: how many, and what the instances, the cluster and the volumes for them cost. */
interface PackedCopies {
  readonly packed: Packed;
  readonly count: { readonly average: number; readonly minimum: number; readonly maximum: number };
}

function packedCosts(subject: Case, kind: ClusterKind, { packed, count }: PackedCopies): CostLine[] {
  const { environment, shape } = subject;
  const instances = (count.average * packed.share) / environment.ec2Packing;
  const fewest = kind.shared(subject) ? 0 : count.minimum;
  return [
    hourly("instances", instanceHour(subject, kind, packed.type), Math.max(fewest, instances)),
    ...(kind.fee === undefined || kind.shared(subject) ? [] : [hourly("cluster", unitPrice(subject, kind.fee), 1)]),
    ...(shape.volumes > 0 ? [line("volumes", unitPrice(subject, "ebs.gp3"), (count.average * shape.volumes) / MIB_PER_GIB)] : []),
  ];
}

function clusterAssumptions(subject: Case, kind: ClusterKind, { count }: PackedCopies): string[] {
  const { ec2Packing, savings } = subject.environment;
  const surcharge = kind.surcharge(subject);
  return [
    `${percent(ec2Packing)} of the instances is sold to ${kind.copyName}s; without that packing, Spot or a savings plan they cost more`,
    kind.shared(subject)
      ? `the cluster is there anyway: the service pays for its share of the instances${kind.fee ? ", and nothing for the cluster itself" : ""}`
      : `the service pays for the cluster alone, at least ${countText({ minimum: count.minimum, maximum: count.minimum }, "instance")}`,
    kind.network,
    "root volumes of instances are left out",
    ...(savings.ec2 > 0 ? [`a savings plan takes ${percent(savings.ec2)} off instances`] : []),
    ...(surcharge > 0 ? [`the managed nodes cost ${percent(surcharge)} more than their instances`] : []),
  ];
}

/** The cheapest of the packings, described. */
function estimateCheapest(
  subject: Case,
  kind: ClusterKind,
  options: readonly PackedCopies[],
  assumptions: readonly string[],
): Estimate | undefined {
  const best = least(options, (option) => total(packedCosts(subject, kind, option)));
  if (!best) return undefined;
  const { demand, shape } = subject;
  const { packed, count } = best;
  const { cpu, type } = packed;
  const costs = [...packedCosts(subject, kind, best), ...loadBalancerCosts(subject)];
  return {
    size: {
      kind: "copies",
      cpu,
      memory: demand.memory,
      ...count,
      spotShare: 0,
      instanceType: type.type,
      perInstance: Math.floor(1 / packed.share),
      ...(shape.volumes > 0 ? { volumes: shape.volumes } : {}),
    },
    summary: `${countText(count, kind.copyName)} of ${cpu} vCPU and ${demand.memory} MiB on ${type.type}, ${count.average.toFixed(1)} on average`,
    costs,
    monthlyUsd: total(costs),
    assumptions: [...assumptions, ...clusterAssumptions(subject, kind, best), ...loadBalancerAssumptions(subject)],
  };
}

function estimateService(kind: ClusterKind): TargetRow["estimate"] {
  return (subject) => {
    const { demand, environment } = subject;
    if (!servesStateless(subject)) return undefined;
    const minimum = minimumCopies(environment);
    const options = packings(subject, kind).map((packed) => ({
      packed,
      count: { minimum, ...copies(demand, packed.cpu, "instances", minimum) },
    }));
    return estimateCheapest(subject, kind, options, loadAssumptions(demand, "instances"));
  };
}

const ONE = { average: 1, minimum: 1, maximum: 1 } as const;

/** Packings in which one copy carries the peak: a workload with a disk of its own can't be multiplied. */
function onePackings(subject: Case): Packed[] {
  const peak = inService(subject.demand, "peak");
  return packings(subject, EKS_CLUSTER).filter(({ cpu }) => copyCapacity(subject.demand, cpu) >= peak);
}

function estimateStateful(subject: Case): Estimate | undefined {
  if (subject.shape.volumes === 0) return undefined;
  const options = onePackings(subject).map((packed) => ({ packed, count: ONE }));
  return estimateCheapest(subject, EKS_CLUSTER, options, ["its disk belongs to one copy, which carries the peak"]);
}

/** True when one copy could carry the peak on some instance type. */
export function oneCopyCarries(subject: Case): boolean {
  return onePackings(subject).length > 0;
}

export const ECS: TargetRow = {
  name: "ECS on EC2",
  suits: "steady services, where a team fills its instances well",
  estimate: estimateService(ECS_CLUSTER),
};

export const EKS: TargetRow = {
  name: "EKS",
  suits: "services that need more control: TCP, many ports, rules on hosts, hybrid with another datacentre or cloud",
  estimate: estimateService(EKS_CLUSTER),
};

export const EKS_STATEFUL: TargetRow = {
  name: "EKS StatefulSet",
  suits: "legacy workloads that keep state on a disk",
  estimate: estimateStateful,
};
