import * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Network } from "../network/network";
import { type PlatformContext } from "../platform-context";
import { type Binding, variablePrefix } from "../service/binding";
import { calledServices, type SignIns } from "../service/called-services";
import { type Descriptor, type Target } from "../service/descriptor";
import { type Place, type PlaceRequest } from "../service/place";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { type WorkloadTelemetry } from "../visibility/telemetry";
import { HttpAlarms } from "../visibility/http-alarms";
import { bindTargets, clusterService, clusterTag, NetworkLoadBalancer, type TlsOfService } from "./kubernetes/balanced-service";
import { type ClusterOnAws, type KubernetesCluster } from "./kubernetes/cluster";
import { KubernetesDeployment } from "./kubernetes/deployment";
import { hostOf } from "./kubernetes/names";
import { type Traffic } from "./kubernetes/network-policy";
import { ServiceNamespace } from "./kubernetes/service-namespace";
import { KubernetesStatefulSet } from "./kubernetes/stateful-set";
import { type WorkloadPort, type WorkloadSpec } from "./kubernetes/workload-spec";
import { type HttpBalancer } from "./http-balancer";

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
  /** How services sign in to caches and topics. Default: by password. */
  readonly signIns?: SignIns;
  readonly context: PlatformContext;
  readonly network: Network;
  /** Made when the first service is placed on it. */
  readonly cluster: () => KubernetesCluster;
  /** The environment's services, of which some call each other or share hosts. */
  readonly neighbours: readonly Neighbour[];
  readonly sizing: (descriptor: Descriptor) => PodSizing;
  /** The one surface that the internet sees over HTTP. */
  readonly loadBalancer: () => HttpBalancer;
  /** Domain below which each service that speaks TCP has a name of its own, and the days its access logs are kept. Default: none, and no TLS. */
  readonly tls?: TlsOfService;
  /** Priority of each path on the load balancer. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Milliseconds under which 95 of 100 requests must be answered. */
  readonly latencyTarget: number;
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** How a service's pods are reached from outside the cluster, as CloudWatch knows it. */
interface Ways extends Pick<ObservedService, "requests" | "alarms"> {
  readonly tcp: Extract<ObservedService["runtime"], { on: "pods" }>["tcp"];
}

/** Only other pods call it, and CloudWatch sees nothing of that. */
const NO_WAYS: Ways = { requests: undefined, alarms: [], tcp: [] };
const DRAIN_SECONDS = 30;
const HTTPS = 443;
const ON_CLUSTER: readonly Target[] = ["eks", "eks-stateful"];

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
  internetReasons(descriptor: Descriptor): readonly string[] {
    const { privateServices } = this.args.network;
    const reached = calledServices(descriptor, this.args.signIns).filter((service) => !privateServices.has(service));
    return reached.length > 0 ? [`no endpoint for ${reached.join(", ")}`] : [];
  }

  run({ descriptor, identity, bindings, telemetry, ready, parent }: PlaceRequest): ObservedService {
    const cluster = this.args.cluster();
    const name = resourceName(descriptor, cluster);
    const ports = workloadPorts(descriptor);
    const spec = this.workload(descriptor, ports, bindings, telemetry);
    const namespace = new ServiceNamespace(
      name,
      { cluster, environment: this.args.context.environment, identity, ports, traffic: this.traffic(descriptor, bindings, telemetry) },
      { parent },
    );
    const ways = this.expose(descriptor, ports, cluster, namespace, { identity, parent });
    const common = { cluster, namespace, spec, ready: [...ready, ...bindings.flatMap((binding) => binding.ready)] };
    if (this.target === "eks-stateful") new KubernetesStatefulSet(name, { ...common, descriptor }, { parent });
    else new KubernetesDeployment(name, common, { parent });
    const { requests, alarms, tcp } = ways;
    return {
      name: descriptor.name,
      target: this.target,
      runtime: { on: "pods", clusterName: cluster.aws?.name, namespace: pulumi.output(namespace.name), tcp },
      requests,
      alarms,
    };
  }

  private workload(
    descriptor: Descriptor,
    ports: readonly WorkloadPort[],
    bindings: readonly Binding[],
    telemetry: WorkloadTelemetry,
  ): WorkloadSpec {
    const { run, name, demand, critical = false, together = [], apart = [] } = descriptor;
    if (!("image" in run)) throw new Error(`service ${name} has no image to run on Kubernetes`);
    const { sizing, context } = this.args;
    const size = sizing(descriptor);
    const variables = Object.assign(
      {},
      ...bindings.map((binding) => binding.variables),
      this.addresses(descriptor),
      telemetry.variables,
      run.variables,
    ) as WorkloadSpec["variables"];
    return {
      name,
      environment: context.environment,
      durable: context.durable,
      decommissioning: context.decommissioning,
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
      sidecars: telemetry.sidecars,
      instrumentation: telemetry.instrumentation,
      nodeAddressVariable: telemetry.nodeAddressVariable,
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

  private traffic(descriptor: Descriptor, bindings: readonly Binding[], telemetry: WorkloadTelemetry): Traffic {
    const { name, needs = [] } = descriptor;
    return {
      callers: this.callers(name).flatMap(({ descriptor: caller, target }) => (ON_CLUSTER.includes(target) ? [caller.name] : [])),
      balanced: descriptor.reach?.from === "internet",
      calls: this.calls(descriptor).map((called) => ({ service: called.name, ports: workloadPorts(called).map(({ port }) => port) })),
      vpcPorts: [
        ...[...(this.args.network.endpointSecurityGroupId ? [HTTPS] : []), ...storePorts(bindings)].map((port) => ({
          port,
          protocol: "TCP" as const,
        })),
        ...telemetry.vpcPorts,
      ],
      internet:
        this.internetReasons(descriptor).length > 0 || needs.some((need) => "internet" in need || "table" in need || "bucket" in need),
    };
  }

  private expose(
    descriptor: Descriptor,
    ports: readonly WorkloadPort[],
    cluster: KubernetesCluster,
    namespace: ServiceNamespace,
    { identity, parent }: Pick<PlaceRequest, "identity" | "parent">,
  ): Ways {
    if (ports.length === 0) return NO_WAYS;
    const { reach } = descriptor;
    const name = resourceName(descriptor, cluster);
    const { context, network } = this.args;
    const balanced = reach?.from === "internet";
    const type = balanced && !cluster.aws ? "LoadBalancer" : "ClusterIP";
    const service = clusterService(name, descriptor.name, context.environment, ports, cluster, namespace, type, parent);
    if (!balanced || !isOnAws(cluster)) return NO_WAYS;
    const http = reach.http === undefined ? NO_WAYS : this.route(descriptor, service, ports, cluster, { identity, parent });
    const raw = ports.filter((port) => reach?.tcp?.includes(port.name));
    if (raw.length === 0) return http;
    const tls = this.tlsOf(descriptor);
    const { observed } = new NetworkLoadBalancer(
      name,
      {
        cluster,
        service,
        to: identity,
        ports: raw,
        vpcId: network.vpcId,
        subnetIds: network.publicSubnetIds,
        durable: context.durable,
        decommissioning: context.decommissioning,
        ...(tls && { tls }),
      },
      { parent },
    );
    return { ...http, tcp: observed };
  }

  /** The name of a service below the environment's domain. */
  private tlsOf({ name }: Descriptor): TlsOfService | undefined {
    const { tls } = this.args;
    return tls && { ...tls, domain: { ...tls.domain, name: `${name}.${tls.domain.name}` } };
  }

  /** Puts an HTTP service behind the load balancer that the other services are behind. */
  private route(
    { name, reach, run }: Descriptor,
    service: kubernetes.core.v1.Service,
    ports: readonly WorkloadPort[],
    cluster: KubernetesCluster & { readonly aws: ClusterOnAws },
    { identity, parent }: Pick<PlaceRequest, "identity" | "parent">,
  ): Ways {
    const { args } = this;
    const path = reach?.http;
    const port = ports.find(({ protocol }) => protocol === "http");
    if (path === undefined || !port || !("image" in run)) return NO_WAYS;
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
    const observed = { loadBalancer: balancer.arnSuffix, targetGroup: group.arnSuffix };
    const { alarms } = new HttpAlarms(name, { topicArn: args.alarmTopicArn, latencyTarget: args.latencyTarget, ...observed }, { parent });
    return { requests: { counted: "load balancer", ...observed }, alarms, tcp: [] };
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
