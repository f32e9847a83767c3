import * as pulumi from "@pulumi/pulumi";
import { EcsCluster, type EcsClusterArgs } from "../components/compute/ecs-cluster";
import { type AdoptedCluster, EksCluster } from "../components/compute/eks-cluster";
import { isPublicImage } from "../components/compute/execution-role";
import { DEFAULT_STAGE, HttpApi, type HttpApiIds } from "../components/compute/http-api";
import { type HttpBalancerIds } from "../components/compute/http-balancer";
import { type KubernetesCluster } from "../components/compute/kubernetes/cluster";
import { LoadBalancer } from "../components/compute/load-balancer";
import { type TaskClusterIds } from "../components/compute/task-cluster";
import { type Domain } from "../components/network/certificate";
import { type Network } from "../components/network/network";
import { LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type Descriptor } from "../components/service/descriptor";
import { type LogArrivals } from "../components/visibility/logs/log-arrivals";
import { ServiceLogs } from "../components/visibility/service-logs";
import { type EnvironmentConfig } from "./environment";
import { Once } from "./once";
import { type Placement } from "./placement";

/** First label of the name that the load balancer behind the API has. */
const ORIGIN = "origin";

/** What services share is made with. */
export interface SharedComputeArgs {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  /** Services of this environment, with where each runs. */
  readonly services: readonly { readonly descriptor: Descriptor; readonly placement: Placement }[];
  /** Clusters that exist already, by name. */
  readonly adopted: ReadonlyMap<string, AdoptedCluster>;
  readonly network: Network;
  readonly logKey: LayerKey;
  /** What takes access logs to the log store. Default: they are only kept. */
  readonly logArrivals?: LogArrivals | undefined;
  readonly parent: pulumi.Resource;
}

/** What services of other projects use of an environment's places, as far as it was made. */
export interface AdoptableCompute {
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
 * What the services of an environment share of the places they run in: clusters, the load balancer, the API and their key. Each is made when something first
 * asks for it: an environment without a service that needs it does not have it.
 */
export class SharedCompute {
  /** Key of what compute keeps: volumes of instances and pods, variables of functions. */
  readonly key = new Once(() => this.createKey());
  /** The ECS cluster of the environment. */
  readonly ecsCluster = new Once(() => this.createEcsCluster());
  /** The EKS cluster of the environment. */
  readonly kubernetesCluster = new Once(() => this.createKubernetesCluster());
  readonly loadBalancer = new Once(() => this.createLoadBalancer());
  readonly api = new Once(() => this.createApi());

  private readonly adopted: ReadonlyMap<string, Once<KubernetesCluster>>;

  constructor(private readonly args: SharedComputeArgs) {
    const { adopted, parent } = args;
    this.adopted = new Map([...adopted].map(([name, cluster]) => [name, new Once(() => EksCluster.adopt(name, cluster, { parent }))]));
  }

  /** Base of the public URLs of containers; undefined when the internet calls none. */
  get loadBalancerUrl(): pulumi.Output<string> | undefined {
    return this.oneSurface ? undefined : this.loadBalancer.made?.url;
  }

  /** Base of the public URLs of functions; undefined when there are none. */
  get apiUrl(): pulumi.Output<string> | undefined {
    return this.api.made?.url;
  }

  /** What services of other projects use; complete once all run. */
  get adoptable(): AdoptableCompute {
    const [cluster, loadBalancer, api, key] = [this.ecsCluster.made, this.loadBalancer.made, this.api.made, this.key.made];
    return {
      ...(cluster && { cluster: clusterIds(cluster) }),
      ...(loadBalancer && { loadBalancer: loadBalancer.ids }),
      ...(api && { api: api.ids }),
      ...(key && { keyArn: key.arn }),
    };
  }

  /** What alarms and dashboards show of it; complete once all run. */
  get shown(): SharedByServices {
    const [loadBalancer, api, cluster] = [this.loadBalancer.made, this.api.made, this.kubernetesCluster.made];
    return {
      loadBalancer: loadBalancer && { name: loadBalancer.name, arnSuffix: loadBalancer.arnSuffix },
      api: api && { name: api.name, id: api.id, stage: DEFAULT_STAGE },
      clusters: cluster ? [{ name: cluster.name, clusterName: cluster.aws.name }] : [],
    };
  }

  /** A cluster that exists already. */
  adoptedCluster(name: string): KubernetesCluster {
    const cluster = this.adopted.get(name);
    if (!cluster) throw new Error(`cluster ${name} is not among those adopted`);
    return cluster.get();
  }

  /** Ends what is only whole once every service has its routes; call it when all run. */
  publish(): void {
    const balancer = this.loadBalancer.made;
    if (balancer && this.oneSurface) this.api.get().routeToPrivate("containers", balancer.privateTarget, { path: "/" }, this.args.parent);
    this.api.made?.publish();
  }

  /** True when clients see the HTTP API alone. */
  private get oneSurface(): boolean {
    return this.args.environment.ingress.surface === "api";
  }

  private createKey(): LayerKey {
    const { context, parent, environment } = this.args;
    return new LayerKey("compute", { context, description: `Volumes and variables of ${environment.name}`, services: [] }, { parent });
  }

  private createEcsCluster(): EcsCluster {
    const { context, parent, environment, network, logKey } = this.args;
    const { visibility } = environment;
    const execLogs = new ServiceLogs("exec", { context, retentionDays: visibility.logDays, keyArn: logKey.arn }, { parent });
    return new EcsCluster(
      "containers",
      {
        containerInsights: visibility.containerInsights,
        execLogGroup: execLogs.name,
        keyArn: logKey.arn,
        instances: this.instances(),
        wayOut: network.wayOut,
      },
      { parent },
    );
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
      keyArn: this.key.get().arn,
      // The instance pulls the image, not the task.
      internetReasons: onInstances.flatMap(({ descriptor: { run, name } }) =>
        "image" in run && isPublicImage(run.image) ? [`the image of ${name} is in a public registry`] : [],
      ),
      tags: instanceTags(environment),
    };
    return { onDemand: { ...common, maximum: ec2.maximum }, ...(spotShare > 0 && { spot: { ...common, maximum: ec2.spotMaximum } }) };
  }

  private createKubernetesCluster(): EksCluster {
    const { context, parent, environment, network, logKey } = this.args;
    const { kubernetes, aws } = environment;
    return new EksCluster(
      "kubernetes",
      {
        context,
        vpcId: network.vpcId,
        vpcCidr: environment.network.cidr,
        subnetIds: network.privateSubnetIds,
        serviceCidr: kubernetes.serviceCidr,
        keyArn: this.key.get().arn,
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
    );
  }

  private createLoadBalancer(): LoadBalancer {
    const { context, parent, environment, network, logArrivals } = this.args;
    const { domain } = environment.ingress;
    return new LoadBalancer(
      this.oneSurface ? "internal" : "public",
      {
        context,
        vpcId: network.vpcId,
        internal: this.oneSurface,
        subnetIds: this.oneSurface ? network.privateSubnetIds : network.publicSubnetIds,
        // Behind the API it still proves who it is, by a name of its own.
        domain: domainIn(environment, this.oneSurface && domain !== undefined ? `${ORIGIN}.${domain}` : domain),
        logDays: environment.network.flowLogDays,
        ...(logArrivals && { logArrivals }),
      },
      { parent },
    );
  }

  private createApi(): HttpApi {
    const { context, parent, environment, network, logKey } = this.args;
    const { functions, ingress, visibility } = environment;
    return new HttpApi(
      "api",
      {
        context,
        domain: domainIn(environment, this.oneSurface ? ingress.domain : functions.domain),
        throttling: { rate: functions.requestsPerSecond, burst: functions.burst },
        inside: { vpcId: network.vpcId, subnetIds: network.privateSubnetIds },
        logDays: visibility.logDays,
        logKeyArn: logKey.arn,
      },
      { parent },
    );
  }
}

/** A name of the environment's hosted zone; undefined where there is no zone or no name. */
export function domainIn({ ingress: { hostedZoneId } }: EnvironmentConfig, name: string | undefined): Domain | undefined {
  return name !== undefined && hostedZoneId !== undefined ? { name, hostedZoneId } : undefined;
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
