import * as pulumi from "@pulumi/pulumi";
import { type Bundle } from "../components/compute/bundle";
import { EcsCluster, type EcsClusterArgs } from "../components/compute/ecs-cluster";
import { EcsPlace } from "../components/compute/ecs-place";
import { type EcsServicePlaceArgs } from "../components/compute/ecs-service-place";
import { type AdoptedCluster, EksCluster } from "../components/compute/eks-cluster";
import { EksPlace } from "../components/compute/eks-place";
import { isPublicImage } from "../components/compute/execution-role";
import { FargatePlace } from "../components/compute/fargate-place";
import { HttpApi } from "../components/compute/http-api";
import { JobPlace } from "../components/compute/job-place";
import { type KubernetesCluster } from "../components/compute/kubernetes/cluster";
import { LambdaPlace } from "../components/compute/lambda-place";
import { LoadBalancer } from "../components/compute/load-balancer";
import { routePriorities } from "../components/compute/route-priority";
import { type EventSources } from "../components/compute/triggers/event-sources";
import { type Domain } from "../components/network/certificate";
import { type Network } from "../components/network/network";
import { LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type Place } from "../components/service/place";
import { type AlarmTopic } from "../components/visibility/alarm-topic";
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
  readonly alarms: AlarmTopic;
  /** Stores that start services; asked when a workload is made. */
  readonly sources: EventSources;
  readonly parent: pulumi.Resource;
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
    this.priorities = routePriorities(args.services.flatMap(({ descriptor }) => descriptor.reach?.http ?? []));
  }

  /** Base of the public URLs of containers; undefined when the internet calls none. */
  get loadBalancerUrl(): pulumi.Output<string> | undefined {
    return this.oneSurface ? undefined : (this.made.get("load balancer") as LoadBalancer | undefined)?.url;
  }

  /** Base of the public URLs of functions; undefined when there are none. */
  get apiUrl(): pulumi.Output<string> | undefined {
    return (this.made.get("api") as HttpApi | undefined)?.url;
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
    const balancer = this.made.get("load balancer") as LoadBalancer | undefined;
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

  private containers(): EcsServicePlaceArgs {
    const { context, network, environment, alarms, sources } = this.args;
    return {
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
    return new EksPlace(target, {
      context,
      network,
      cluster,
      neighbours: services.map(({ descriptor, placement }) => ({ descriptor, target: placement.target })),
      sizing: (descriptor) => podSizing(descriptor, this.placementOf(descriptor), environment),
      loadBalancer: () => this.loadBalancer(),
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
      tags: { environment: environment.name, owner: environment.environment.owner, "cost-centre": environment.environment.costCentre },
    };
    return { onDemand: { ...common, maximum: ec2.maximum }, ...(spotShare > 0 && { spot: { ...common, maximum: ec2.spotMaximum } }) };
  }

  private adoptedCluster(name: string): KubernetesCluster {
    const { adopted, parent } = this.args;
    const cluster = adopted.get(name);
    if (!cluster) throw new Error(`cluster ${name} is not among those adopted`);
    return this.once(`cluster ${name}`, () => EksCluster.adopt(name, cluster, { parent }));
  }

  private kubernetesCluster(): EksCluster {
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
          },
          { parent },
        ),
    );
  }

  private loadBalancer(): LoadBalancer {
    const { context, parent, environment, network } = this.args;
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
