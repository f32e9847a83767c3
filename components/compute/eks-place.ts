import * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Network } from "../network/network";
import { type PlatformContext } from "../platform-context";
import { type Binding, variablePrefix } from "../service/binding";
import { type Descriptor, type Target } from "../service/descriptor";
import { type Need } from "../service/needs";
import { type Place, type PlaceRequest } from "../service/place";
import { HttpAlarms } from "../visibility/http-alarms";
import { bindTargets, clusterService, clusterTag, NetworkLoadBalancer } from "./kubernetes/balanced-service";
import { type ClusterOnAws, type KubernetesCluster } from "./kubernetes/cluster";
import { KubernetesDeployment } from "./kubernetes/deployment";
import { hostOf } from "./kubernetes/names";
import { type Traffic } from "./kubernetes/network-policy";
import { ServiceNamespace } from "./kubernetes/service-namespace";
import { KubernetesStatefulSet } from "./kubernetes/stateful-set";
import { type WorkloadPort, type WorkloadSpec } from "./kubernetes/workload-spec";
import { type LoadBalancer } from "./load-balancer";

/** How big a service's pods are in one environment. */
export interface PodSizing {
  /** vCPU of a pod. */
  readonly cpu: number;
  /** MiB of a pod. */
  readonly memory: number;
  readonly minimumCopies: number;
  readonly maximumCopies: number;
}

/** A service of the environment, as the others on the cluster see it. */
export interface Neighbour {
  readonly descriptor: Descriptor;
  readonly target: Target;
}

export interface EksPlaceArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Made when the first service is placed on it. */
  readonly cluster: () => KubernetesCluster;
  /** The environment's services, of which some call each other or share hosts. */
  readonly neighbours: readonly Neighbour[];
  readonly sizing: (descriptor: Descriptor) => PodSizing;
  /** The one surface that the internet sees over HTTP. */
  readonly loadBalancer: () => LoadBalancer;
  /** Priority of each path on the load balancer. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Milliseconds under which 95 of 100 requests must be answered. */
  readonly latencyTarget: number;
  readonly alarmTopicArn: pulumi.Input<string>;
}

const DRAIN_SECONDS = 30;
const HTTPS = 443;
const ON_CLUSTER: readonly Target[] = ["eks", "eks-stateful"];

/** The AWS service whose API a service calls by itself to use what it needs; its code reads secrets, queues and tables at run time. */
function apiOf(need: Need): string | undefined {
  if ("table" in need) return "dynamodb";
  if ("bucket" in need) return "s3";
  if ("queue" in need && (need.broker ?? "sqs") === "sqs") return "sqs";
  return "store" in need || "queue" in need || "warehouse" in need ? "secretsmanager" : undefined;
}

/** Ports of a service's containers, with the protocol of each. */
export function workloadPorts({ run }: Descriptor): WorkloadPort[] {
  if (!("image" in run)) return [];
  return [
    ...(run.port === undefined ? [] : [{ name: "http", port: run.port, protocol: "http" as const }]),
    ...(run.ports ?? []).map(({ name, port, protocol }) => ({ name, port, protocol })),
  ];
}

/**
 * Runs a service as pods of a Kubernetes cluster: a Deployment (`eks`), or for a legacy workload a StatefulSet (`eks-stateful`).
 *
 * HTTP from the internet comes through the environment's one load balancer, TCP through a Network Load Balancer of the service's own, and
 * other pods by the service's name in the cluster.
 */
export class EksPlace implements Place {
  readonly runsAs = "pods.eks.amazonaws.com";

  constructor(
    readonly target: "eks" | "eks-stateful",
    private readonly args: EksPlaceArgs,
  ) {}

  /** Images and logs are the nodes' business; a pod's own code calls AWS only for what it needs. */
  internetReasons({ needs = [] }: Descriptor): readonly string[] {
    const { privateServices } = this.args.network;
    const apis = new Set(needs.flatMap((need) => apiOf(need) ?? []));
    const reached = [...apis].filter((api) => !privateServices.has(api));
    return reached.length > 0 ? [`no endpoint for ${reached.join(", ")}`] : [];
  }

  run({ descriptor, identity, bindings, ready, parent }: PlaceRequest): void {
    const cluster = this.args.cluster();
    const name = resourceName(descriptor, cluster);
    const ports = workloadPorts(descriptor);
    const spec = this.workload(descriptor, ports, bindings);
    const namespace = new ServiceNamespace(
      name,
      { cluster, environment: this.args.context.environment, identity, ports, traffic: this.traffic(descriptor, bindings) },
      { parent },
    );
    this.expose(descriptor, ports, cluster, namespace, { identity, parent });
    const common = { cluster, namespace, spec, ready: [...ready, ...bindings.flatMap((binding) => binding.ready)] };
    if (this.target === "eks-stateful") new KubernetesStatefulSet(name, { ...common, descriptor }, { parent });
    else new KubernetesDeployment(name, common, { parent });
  }

  private workload(descriptor: Descriptor, ports: readonly WorkloadPort[], bindings: readonly Binding[]): WorkloadSpec {
    const { run, name, demand, critical = false, together = [], apart = [] } = descriptor;
    if (!("image" in run)) throw new Error(`service ${name} has no image to run on Kubernetes`);
    const { sizing, context } = this.args;
    const size = sizing(descriptor);
    const variables = Object.assign(
      {},
      ...bindings.map((binding) => binding.variables),
      this.addresses(descriptor),
      run.variables,
    ) as WorkloadSpec["variables"];
    return {
      name,
      environment: context.environment,
      durable: context.durable,
      image: run.image,
      command: run.command,
      variables,
      ports,
      health: run.health,
      start: demand.start,
      writable: run.writable ?? [],
      size: { cpu: size.cpu, memory: size.memory },
      copies: { minimum: size.minimumCopies, maximum: size.maximumCopies },
      critical,
      together,
      apart: [...new Set([...apart, ...this.keptApartBy(name)])],
      manyHosts: this.args.neighbours.some(({ descriptor: other }) => other.together?.includes(name) && other.apart?.includes(other.name)),
    };
  }

  /** Services on the cluster that want no host in common with this one: a rule of one side holds for both. */
  private keptApartBy(name: string): string[] {
    return this.args.neighbours
      .filter(({ descriptor, target }) => ON_CLUSTER.includes(target) && descriptor.name !== name && descriptor.apart?.includes(name))
      .map(({ descriptor }) => descriptor.name);
  }

  /** Services of the cluster that a service calls. */
  private calls({ needs = [] }: Descriptor): Descriptor[] {
    const names = new Set(needs.flatMap((need) => ("service" in need ? [need.service] : [])));
    return this.args.neighbours.flatMap(({ descriptor, target }) =>
      ON_CLUSTER.includes(target) && names.has(descriptor.name) ? [descriptor] : [],
    );
  }

  /** Where a pod finds the services it calls: a namespace of its own makes another's short name mean nothing in it. */
  private addresses(descriptor: Descriptor): Record<string, string> {
    return Object.fromEntries(
      this.calls(descriptor).flatMap((called) =>
        workloadPorts(called)
          .slice(0, 1)
          .map(({ port }) => [variablePrefix(called.name, "URL"), `http://${hostOf(called.name)}:${port}`]),
      ),
    );
  }

  private callers(name: string): readonly Neighbour[] {
    return this.args.neighbours.filter(({ descriptor }) =>
      (descriptor.needs ?? []).some((need) => "service" in need && need.service === name),
    );
  }

  private traffic(descriptor: Descriptor, bindings: readonly Binding[]): Traffic {
    const { name, needs = [] } = descriptor;
    return {
      callers: this.callers(name).flatMap(({ descriptor: caller, target }) => (ON_CLUSTER.includes(target) ? [caller.name] : [])),
      balanced: descriptor.reach?.from === "internet",
      calls: this.calls(descriptor).map((called) => ({ service: called.name, ports: workloadPorts(called).map(({ port }) => port) })),
      vpcPorts: [...(this.args.network.endpointSecurityGroupId ? [HTTPS] : []), ...storePorts(bindings)],
      internet:
        this.internetReasons(descriptor).length > 0 ||
        needs.some((need) => "internet" in need || apiOf(need) === "dynamodb" || apiOf(need) === "s3"),
    };
  }

  private expose(
    descriptor: Descriptor,
    ports: readonly WorkloadPort[],
    cluster: KubernetesCluster,
    namespace: ServiceNamespace,
    { identity, parent }: Pick<PlaceRequest, "identity" | "parent">,
  ): void {
    if (ports.length === 0) return;
    const { reach } = descriptor;
    const name = resourceName(descriptor, cluster);
    const { context, network } = this.args;
    const balanced = reach?.from === "internet";
    const type = balanced && !cluster.aws ? "LoadBalancer" : "ClusterIP";
    const service = clusterService(name, descriptor.name, context.environment, ports, cluster, namespace, type, parent);
    if (!balanced || !isOnAws(cluster)) return;
    if (reach.http !== undefined) this.route(descriptor, service, ports, cluster, { identity, parent });
    const raw = ports.filter((port) => reach?.tcp?.includes(port.name));
    if (raw.length > 0)
      new NetworkLoadBalancer(
        name,
        { cluster, service, to: identity, ports: raw, vpcId: network.vpcId, subnetIds: network.publicSubnetIds, durable: context.durable },
        { parent },
      );
  }

  /** Puts an HTTP service behind the load balancer that the other services are behind. */
  private route(
    { name, reach, run }: Descriptor,
    service: kubernetes.core.v1.Service,
    ports: readonly WorkloadPort[],
    cluster: KubernetesCluster & { readonly aws: ClusterOnAws },
    { identity, parent }: Pick<PlaceRequest, "identity" | "parent">,
  ): void {
    const { args } = this;
    const path = reach?.http;
    const port = ports.find(({ protocol }) => protocol === "http");
    if (path === undefined || !port || !("image" in run)) return;
    const priority = args.priorities.get(path);
    if (priority === undefined) throw new Error(`path ${path} has no priority on the load balancer`);
    const balancer = args.loadBalancer();
    const group = new aws.lb.TargetGroup(
      name,
      {
        vpcId: args.network.vpcId,
        targetType: "ip",
        port: port.port,
        protocol: "HTTP",
        deregistrationDelay: DRAIN_SECONDS,
        loadBalancingAlgorithmType: "least_outstanding_requests",
        healthCheck: { path: run.health ?? path, matcher: "200", interval: 15, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
        tags: clusterTag(cluster.aws),
      },
      { parent },
    );
    balancer.route(name, { path, priority, targetGroupArn: group.arn }, parent);
    balancer.admit(identity, port.port, parent);
    bindTargets(name, { group, service, port }, cluster, parent);
    new HttpAlarms(
      name,
      { topicArn: args.alarmTopicArn, loadBalancer: balancer.arnSuffix, targetGroup: group.arnSuffix, latencyTarget: args.latencyTarget },
      { parent },
    );
  }
}

/** A service that also runs on an adopted cluster has its resources there under that cluster's name. */
function resourceName({ name }: Descriptor, cluster: KubernetesCluster): string {
  return cluster.aws ? name : `${cluster.name}-${name}`;
}

function isOnAws(cluster: KubernetesCluster): cluster is KubernetesCluster & { readonly aws: ClusterOnAws } {
  return cluster.aws !== undefined;
}

/** Ports of the stores a service is bound to: those its group was let out on, so that there is one truth. */
function storePorts(bindings: readonly Binding[]): pulumi.Output<number>[] {
  return bindings
    .filter(({ kind }) => kind !== "service")
    .flatMap(({ ready }) => ready.filter((resource) => resource instanceof aws.vpc.SecurityGroupEgressRule))
    .map((rule) => rule.toPort.apply((port) => port ?? HTTPS));
}
