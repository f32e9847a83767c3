import * as pulumi from "@pulumi/pulumi";
import { type Bundle } from "../components/compute/bundle";
import { EcsCluster, type EcsClusterArgs } from "../components/compute/ecs-cluster";
import { EcsPlace } from "../components/compute/ecs-place";
import { type EcsServicePlaceArgs } from "../components/compute/ecs-service-place";
import { type AdoptedCluster, EksCluster } from "../components/compute/eks-cluster";
import { EksPlace } from "../components/compute/eks-place";
import { isPublicImage } from "../components/compute/execution-role";
import { FargatePlace } from "../components/compute/fargate-place";
import { DEFAULT_STAGE, HttpApi, type HttpApiIds } from "../components/compute/http-api";
import { type HttpBalancerIds } from "../components/compute/http-balancer";
import { JobPlace } from "../components/compute/job-place";
import { type KubernetesCluster } from "../components/compute/kubernetes/cluster";
import { LambdaPlace } from "../components/compute/lambda-place";
import { LoadBalancer } from "../components/compute/load-balancer";
import { routePriorities } from "../components/compute/route-priority";
import { type TaskClusterIds } from "../components/compute/task-cluster";
import { type EventSources } from "../components/compute/triggers/event-sources";
import { type Domain } from "../components/network/certificate";
import { type Network } from "../components/network/network";
import { LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type SignIns } from "../components/service/called-services";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type Place } from "../components/service/place";
import { type LogArrivals } from "../components/visibility/logs/log-arrivals";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { ServiceLogs } from "../components/visibility/service-logs";
import { type EnvironmentConfig } from "./environment";
import { type Placement } from "./placement";
import { functionSizing, jobSizing, podSizing, taskSizing } from "./sizing";

/** First label of the name that the load balancer behind the API has. */
const ORIGIN = "origin";

/** What places are made with. */
export interface PlacesArgs {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  /** Services of this environment, with where each runs. */
  readonly services: readonly { readonly descriptor: Descriptor; readonly placement: Placement }[];
  /** Code of the services that are functions. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  /** Clusters that exist already, by name. */
  readonly adopted: ReadonlyMap<string, AdoptedCluster>;
  readonly network: Network;
  readonly logKey: LayerKey;
  readonly alarms: AlarmTopics;
  /** What takes access logs to the log store. Default: they are only kept. */
  readonly logArrivals?: LogArrivals | undefined;
  /** Stores that start services; asked when a workload is made. */
  readonly sources: EventSources;
  readonly parent: pulumi.Resource;
}

/** What services of other projects use of an environment's places, as far as it was made. */
export interface AdoptablePlaces {
  readonly cluster?: TaskClusterIds;
  readonly loadBalancer?: HttpBalancerIds;
  readonly api?: HttpApiIds;
  /** Key of functions' variables. */
  readonly keyArn?: pulumi.Output<string>;
}

/** What services share of the places they run in, as far as it was made. */
export interface SharedByServices {
  readonly loadBalancer: { readonly name: string; readonly arnSuffix: pulumi.Output<string> } | undefined;
  readonly api: { readonly name: string; readonly id: pulumi.Output<string>; readonly stage: string } | undefined;
  /** Clusters of EKS that this stack made. */
  readonly clusters: readonly { readonly name: string; readonly clusterName: pulumi.Output<string> }[];
}

/**
 * The places of an environment. Each thing that services share (a cluster, the load balancer, the API) is made when the first service
 * that runs there is made: an environment without such a service does not have it.
 */
export class Places {
  private readonly placements: ReadonlyMap<string, Placement>;
  private readonly priorities: ReadonlyMap<string, number>;
  private readonly made = new Map<string, unknown>();

  constructor(private readonly args: PlacesArgs) {
    this.placements = new Map(args.services.map(({ descriptor, placement }) => [descriptor.name, placement]));
    const { grafana } = args.environment.visibility;
    this.priorities = routePriorities([...args.services.flatMap(({ descriptor }) => descriptor.reach?.http ?? []), grafana.path]);
  }

  /** Services with where each runs. */
  get placed(): readonly { readonly descriptor: Descriptor; readonly target: Target }[] {
    return this.args.services.map(({ descriptor, placement: { target } }) => ({ descriptor, target }));
  }

  /** Base of the public URLs of containers; undefined when the internet calls none. */
  get loadBalancerUrl(): pulumi.Output<string> | undefined {
    return this.oneSurface ? undefined : this.balancer?.url;
  }

  private get balancer(): LoadBalancer | undefined {
    return this.made.get("load balancer") as LoadBalancer | undefined;
  }

  /** Base of the public URLs of functions; undefined when there are none. */
  get apiUrl(): pulumi.Output<string> | undefined {
    return (this.made.get("api") as HttpApi | undefined)?.url;
  }

  /** Priority of each path on the load balancer. */
  get routes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.priorities);
  }

  /** What services of other projects use of the places there are; complete once all run. */
  get adoptable(): AdoptablePlaces {
    const cluster = this.made.get("cluster") as EcsCluster | undefined;
    const api = this.made.get("api") as HttpApi | undefined;
    const key = this.made.get("compute key") as LayerKey | undefined;
    return {
      ...(cluster && { cluster: clusterIds(cluster) }),
      ...(this.balancer && { loadBalancer: this.balancer.ids }),
      ...(api && { api: api.ids }),
      ...(key && { keyArn: key.arn }),
    };
  }

  /** What services share; complete once all run. */
  get shared(): SharedByServices {
    const { balancer } = this;
    const api = this.made.get("api") as HttpApi | undefined;
    const cluster = this.made.get("kubernetes cluster") as EksCluster | undefined;
    return {
      loadBalancer: balancer && { name: balancer.name, arnSuffix: balancer.arnSuffix },
      api: api && { name: api.name, id: api.id, stage: DEFAULT_STAGE },
      clusters: cluster ? [{ name: cluster.name, clusterName: cluster.aws.name }] : [],
    };
  }

  /** The load balancer of the services, for something else behind a path of its own, and that path's place among theirs. */
  front(path: string): { readonly loadBalancer: LoadBalancer; readonly priority: number } {
    const priority = this.priorities.get(path);
    if (priority === undefined) throw new Error(`path ${path} has no priority on the load balancer`);
    return { loadBalancer: this.loadBalancer(), priority };
  }

  /** The place of a target; of another cluster than the environment's own where one is named. */
  of(target: Target, cluster?: string): Place {
    if (cluster !== undefined && (target === "eks" || target === "eks-stateful"))
      return this.once(`place ${target} on ${cluster}`, () => this.kubernetes(target, () => this.adoptedCluster(cluster)));
    const make: Record<Target, () => Place> = {
      lambda: () => this.lambda(),
      fargate: () => new FargatePlace(this.containers()),
      "fargate-job": () => this.jobs(),
      ecs: () => new EcsPlace(this.containers()),
      eks: () => this.kubernetes("eks", () => this.kubernetesCluster()),
      "eks-stateful": () => this.kubernetes("eks-stateful", () => this.kubernetesCluster()),
    };
    return this.once(`place ${target}`, make[target]);
  }

  /** Ends what is only whole once every service has its routes; call it when all run. */
  publish(): void {
    const { balancer } = this;
    if (balancer && this.oneSurface) this.api().routeToPrivate("containers", balancer.privateTarget, { path: "/" }, this.args.parent);
    (this.made.get("api") as HttpApi | undefined)?.publish();
  }

  /** True when clients see the HTTP API alone. */
  private get oneSurface(): boolean {
    return this.args.environment.ingress.surface === "api";
  }

  /** A name of the environment's hosted zone; undefined where there is no zone or no name. */
  private domain(name: string | undefined): Domain | undefined {
    const { hostedZoneId } = this.args.environment.ingress;
    return name !== undefined && hostedZoneId !== undefined ? { name, hostedZoneId } : undefined;
  }

  private once<Thing>(what: string, make: () => Thing): Thing {
    if (!this.made.has(what)) this.made.set(what, make());
    return this.made.get(what) as Thing;
  }

  private placementOf({ name }: Descriptor): Placement {
    const placement = this.placements.get(name);
    if (!placement) throw new Error(`service ${name} has no placement`);
    return placement;
  }

  /** AWS signs services in to what it runs by their roles. */
  private get signIns(): SignIns {
    const { cache, kafka } = this.args.environment.persistence;
    const by = (mode: typeof cache.mode) => (mode === "managed" ? "role" : "password");
    return { cache: by(cache.mode), topic: by(kafka.mode) };
  }

  private containers(): EcsServicePlaceArgs {
    const { context, network, environment, alarms, sources } = this.args;
    return {
      signIns: this.signIns,
      context,
      network,
      cluster: this.ecsCluster(),
      loadBalancer: () => this.loadBalancer(),
      priorities: this.priorities,
      sizing: (descriptor) => taskSizing(descriptor, this.placementOf(descriptor), environment),
      spotShare: environment.compute.spotShare,
      latencyTarget: environment.visibility.latencyTarget,
      alarmTopicArn: alarms.arn,
      sources,
    };
  }

  private jobs(): Place {
    const { context, network, environment, alarms, sources } = this.args;
    return new JobPlace({
      signIns: this.signIns,
      context,
      network,
      cluster: this.ecsCluster(),
      sizing: (descriptor) => jobSizing(descriptor, this.placementOf(descriptor), environment),
      alarmTopicArn: alarms.arn,
      sources,
    });
  }

  private lambda(): Place {
    const { context, network, environment, alarms, sources, bundles } = this.args;
    return new LambdaPlace({
      signIns: this.signIns,
      context,
      network,
      bundles,
      sizing: (descriptor) => functionSizing(descriptor, this.placementOf(descriptor), environment),
      api: () => this.api(),
      sources,
      keyArn: () => this.computeKey().arn,
      rollout: () => undefined,
      alarmTopicArn: alarms.arn,
    });
  }

  private kubernetes(target: "eks" | "eks-stateful", cluster: () => KubernetesCluster): Place {
    const { context, network, environment, alarms, services } = this.args;
    const domain = this.domain(environment.ingress.domain);
    return new EksPlace(target, {
      signIns: this.signIns,
      context,
      network,
      cluster,
      neighbours: services.map(({ descriptor, placement }) => ({ descriptor, target: placement.target })),
      sizing: (descriptor) => podSizing(descriptor, this.placementOf(descriptor), environment),
      loadBalancer: () => this.loadBalancer(),
      ...(domain && { tls: { domain, logDays: environment.visibility.logDays } }),
      priorities: this.priorities,
      latencyTarget: environment.visibility.latencyTarget,
      alarmTopicArn: alarms.arn,
    });
  }

  /** Key of what compute keeps: volumes of instances and pods, variables of functions. */
  private computeKey(): LayerKey {
    const { context, parent, environment } = this.args;
    return this.once(
      "compute key",
      () => new LayerKey("compute", { context, description: `Volumes and variables of ${environment.name}`, services: [] }, { parent }),
    );
  }

  /** The ECS cluster of the environment. */
  ecsCluster(): EcsCluster {
    const { context, parent, environment, logKey } = this.args;
    const { visibility } = environment;
    return this.once("cluster", () => {
      const execLogs = new ServiceLogs("exec", { context, retentionDays: visibility.logDays, keyArn: logKey.arn }, { parent });
      return new EcsCluster(
        "containers",
        {
          containerInsights: visibility.containerInsights,
          execLogGroup: execLogs.name,
          keyArn: logKey.arn,
          instances: this.instances(),
          wayOut: this.args.network.wayOut,
        },
        { parent },
      );
    });
  }

  /** Instances of the cluster; none unless a service runs on them. */
  private instances(): EcsClusterArgs["instances"] {
    const { context, network, environment, services } = this.args;
    const onInstances = services.filter(({ placement }) => placement.target === "ecs");
    if (onInstances.length === 0) return undefined;
    const { ec2, spotShare } = environment.compute;
    const common = {
      context,
      network,
      instanceTypes: ec2.instanceTypes,
      operatingSystem: ec2.operatingSystem,
      keyArn: this.computeKey().arn,
      // The instance pulls the image, not the task.
      internetReasons: onInstances.flatMap(({ descriptor: { run, name } }) =>
        "image" in run && isPublicImage(run.image) ? [`the image of ${name} is in a public registry`] : [],
      ),
      tags: instanceTags(environment),
    };
    return { onDemand: { ...common, maximum: ec2.maximum }, ...(spotShare > 0 && { spot: { ...common, maximum: ec2.spotMaximum } }) };
  }

  private adoptedCluster(name: string): KubernetesCluster {
    const { adopted, parent } = this.args;
    const cluster = adopted.get(name);
    if (!cluster) throw new Error(`cluster ${name} is not among those adopted`);
    return this.once(`cluster ${name}`, () => EksCluster.adopt(name, cluster, { parent }));
  }

  /** The EKS cluster of the environment. */
  kubernetesCluster(): EksCluster {
    const { context, parent, environment, network, logKey } = this.args;
    const { kubernetes, aws } = environment;
    return this.once(
      "kubernetes cluster",
      () =>
        new EksCluster(
          "kubernetes",
          {
            context,
            vpcId: network.vpcId,
            vpcCidr: environment.network.cidr,
            subnetIds: network.privateSubnetIds,
            serviceCidr: kubernetes.serviceCidr,
            keyArn: this.computeKey().arn,
            logKeyArn: logKey.arn,
            logDays: environment.visibility.logDays,
            admins: kubernetes.admins,
            viewers: kubernetes.viewers,
            publicAccessCidrs: kubernetes.publicAccessCidrs,
            deployRoleArn: aws.assumeRole,
            version: kubernetes.version,
            nodes:
              kubernetes.nodes === "auto"
                ? { mode: "auto", cpuLimit: kubernetes.cpuLimit, spot: kubernetes.spot }
                : {
                    mode: "managed",
                    instanceTypes: kubernetes.instanceTypes,
                    minimum: kubernetes.minimumNodes,
                    maximum: kubernetes.maximumNodes,
                  },
            addonVersions: {},
            wayOut: network.wayOut,
          },
          { parent },
        ),
    );
  }

  private loadBalancer(): LoadBalancer {
    const { context, parent, environment, network, logArrivals } = this.args;
    const { ingress } = environment;
    return this.once(
      "load balancer",
      () =>
        new LoadBalancer(
          this.oneSurface ? "internal" : "public",
          {
            context,
            vpcId: network.vpcId,
            internal: this.oneSurface,
            subnetIds: this.oneSurface ? network.privateSubnetIds : network.publicSubnetIds,
            // Behind the API it still proves who it is, by a name of its own.
            domain: this.domain(this.oneSurface && ingress.domain !== undefined ? `${ORIGIN}.${ingress.domain}` : ingress.domain),
            logDays: environment.network.flowLogDays,
            ...(logArrivals && { logArrivals }),
          },
          { parent },
        ),
    );
  }

  private api(): HttpApi {
    const { context, parent, environment, network, logKey } = this.args;
    const { functions, ingress, visibility } = environment;
    return this.once(
      "api",
      () =>
        new HttpApi(
          "api",
          {
            context,
            domain: this.domain(this.oneSurface ? ingress.domain : functions.domain),
            throttling: { rate: functions.requestsPerSecond, burst: functions.burst },
            inside: { vpcId: network.vpcId, subnetIds: network.privateSubnetIds },
            logDays: visibility.logDays,
            logKeyArn: logKey.arn,
          },
          { parent },
        ),
    );
  }
}

function clusterIds({ arn, name, namespaceArn, countsTasks, ec2 }: EcsCluster): TaskClusterIds {
  if (!ec2) return { arn, name, namespaceArn, countsTasks };
  const { onDemand, spot, architecture } = ec2;
  return { arn, name, namespaceArn, countsTasks, instances: { onDemand, spot, architecture } };
}

/** Tags of instances and their volumes, which a provider's default tags do not reach. */
export function instanceTags({ name, environment }: EnvironmentConfig): Record<string, string> {
  return { environment: name, owner: environment.owner, "cost-centre": environment.costCentre };
}
