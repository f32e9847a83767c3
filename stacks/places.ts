import { type Bundle } from "../components/compute/bundle";
import { EcsPlace } from "../components/compute/ecs-place";
import { type EcsServicePlaceArgs } from "../components/compute/ecs-service-place";
import { EksPlace } from "../components/compute/eks-place";
import { FargatePlace } from "../components/compute/fargate-place";
import { JobPlace } from "../components/compute/job-place";
import { LambdaPlace } from "../components/compute/lambda-place";
import { type LoadBalancer } from "../components/compute/load-balancer";
import { routePriorities } from "../components/compute/route-priority";
import { type EventSources } from "../components/compute/triggers/event-sources";
import { type Network } from "../components/network/network";
import { type PlatformContext } from "../components/platform-context";
import { type SignIns } from "../components/service/called-services";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type Place } from "../components/service/place";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { type EnvironmentConfig } from "./environment";
import { type Placement } from "./placement";
import { domainIn, type SharedCompute } from "./shared-compute";
import { functionSizing, jobSizing, podSizing, taskSizing } from "./sizing";

/** What places are made with. */
export interface PlacesArgs {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  /** Services of this environment, with where each runs. */
  readonly services: readonly { readonly descriptor: Descriptor; readonly placement: Placement }[];
  /** Code of the services that are functions. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly network: Network;
  /** What services share of the places they run in. */
  readonly shared: SharedCompute;
  readonly alarms: AlarmTopics;
  /** Stores that start services; asked when a workload is made. */
  readonly sources: EventSources;
}

/** The places of an environment, each made when the first service that runs there is made. */
export class Places {
  /** What services share of them. */
  readonly shared: SharedCompute;
  private readonly placements: ReadonlyMap<string, Placement>;
  private readonly priorities: ReadonlyMap<string, number>;
  private readonly made = new Map<string, Place>();

  constructor(private readonly args: PlacesArgs) {
    this.shared = args.shared;
    this.placements = new Map(args.services.map(({ descriptor, placement }) => [descriptor.name, placement]));
    const { grafana } = args.environment.visibility;
    this.priorities = routePriorities([...args.services.flatMap(({ descriptor }) => descriptor.reach?.http ?? []), grafana.path]);
  }

  /** Services with where each runs. */
  get placed(): readonly { readonly descriptor: Descriptor; readonly target: Target }[] {
    return this.args.services.map(({ descriptor, placement: { target } }) => ({ descriptor, target }));
  }

  /** Priority of each path on the load balancer. */
  get routes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.priorities);
  }

  /** The load balancer of the services, for something else behind a path of its own, and that path's place among theirs. */
  front(path: string): { readonly loadBalancer: LoadBalancer; readonly priority: number } {
    const priority = this.priorities.get(path);
    if (priority === undefined) throw new Error(`path ${path} has no priority on the load balancer`);
    return { loadBalancer: this.shared.loadBalancer.get(), priority };
  }

  /** The place of a target; of another cluster than the environment's own where one is named. */
  of(target: Target, cluster?: string): Place {
    const key = `${target} ${cluster ?? ""}`;
    const place = this.made.get(key) ?? this.place(target, cluster);
    this.made.set(key, place);
    return place;
  }

  private place(target: Target, cluster: string | undefined): Place {
    switch (target) {
      case "lambda":
        return this.lambda();
      case "fargate":
        return new FargatePlace(this.containers());
      case "fargate-job":
        return this.jobs();
      case "ecs":
        return new EcsPlace(this.containers());
      case "eks":
      case "eks-stateful":
        return this.kubernetes(target, cluster);
    }
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
    const { context, network, environment, alarms, sources, shared } = this.args;
    return {
      signIns: this.signIns,
      context,
      network,
      cluster: shared.ecsCluster.get(),
      loadBalancer: () => shared.loadBalancer.get(),
      priorities: this.priorities,
      sizing: (descriptor) => taskSizing(descriptor, this.placementOf(descriptor), environment),
      spotShare: environment.compute.spotShare,
      latencyTarget: environment.visibility.latencyTarget,
      alarmTopicArn: alarms.arn,
      sources,
    };
  }

  private jobs(): Place {
    const { context, network, environment, alarms, sources, shared } = this.args;
    return new JobPlace({
      signIns: this.signIns,
      context,
      network,
      cluster: shared.ecsCluster.get(),
      sizing: (descriptor) => jobSizing(descriptor, this.placementOf(descriptor), environment),
      alarmTopicArn: alarms.arn,
      sources,
    });
  }

  private lambda(): Place {
    const { context, network, environment, alarms, sources, bundles, shared } = this.args;
    return new LambdaPlace({
      signIns: this.signIns,
      context,
      network,
      bundles,
      sizing: (descriptor) => functionSizing(descriptor, this.placementOf(descriptor), environment),
      api: () => shared.api.get(),
      sources,
      keyArn: () => shared.key.get().arn,
      rollout: () => undefined,
      alarmTopicArn: alarms.arn,
    });
  }

  private kubernetes(target: "eks" | "eks-stateful", adopted: string | undefined): Place {
    const { context, network, environment, alarms, services, shared } = this.args;
    const domain = domainIn(environment, environment.ingress.domain);
    return new EksPlace(target, {
      signIns: this.signIns,
      context,
      network,
      cluster: () => (adopted === undefined ? shared.kubernetesCluster.get() : shared.adoptedCluster(adopted)),
      neighbours: services.map(({ descriptor, placement }) => ({ descriptor, target: placement.target })),
      sizing: (descriptor) => podSizing(descriptor, this.placementOf(descriptor), environment),
      loadBalancer: () => shared.loadBalancer.get(),
      ...(domain && { tls: { domain, logDays: environment.visibility.logDays } }),
      priorities: this.priorities,
      latencyTarget: environment.visibility.latencyTarget,
      alarmTopicArn: alarms.arn,
    });
  }
}
