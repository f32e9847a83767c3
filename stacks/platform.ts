import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EcsCluster } from "../components/compute/ecs-cluster";
import { FargatePlace } from "../components/compute/fargate-place";
import { LoadBalancer } from "../components/compute/load-balancer";
import { routePriorities } from "../components/compute/route-priority";
import { ConfigError } from "../components/faults";
import { Network } from "../components/network/network";
import { LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type Binding } from "../components/service/binding";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type Need } from "../components/service/needs";
import { type Place } from "../components/service/place";
import { Service } from "../components/service/service";
import { AlarmTopic } from "../components/visibility/alarm-topic";
import { ServiceLogs } from "../components/visibility/service-logs";
import { readCatalogue } from "./catalogue";
import { serviceOverrideFaults } from "./config/override-checks";
import { type EnvironmentConfig, readEnvironment } from "./environment";
import { type PlatformOutputs, type ServiceOutput } from "./outputs";
import { containerSizing, type Placement, placeServices } from "./placement";
import { Stores } from "./stores";

/** What an environment is made of, before anything is registered. */
interface Blueprint {
  readonly environment: EnvironmentConfig;
  readonly context: PlatformContext;
  /** Services of this environment, with where each runs. */
  readonly services: readonly { readonly descriptor: Descriptor; readonly placement: Placement }[];
}

/**
 * Reads the stack's configuration and the catalogue.
 * @throws {ConfigError} with everything that is wrong in either.
 */
function readBlueprint(): Blueprint {
  const environment = readEnvironment(pulumi.getStack(), pulumi.runtime.allConfig());
  const catalogue = readCatalogue(pulumi.getRootDirectory());
  const faults = [...environment.faults, ...catalogue.faults];
  if (environment.value) faults.push(...serviceOverrideFaults(environment.value, catalogue.entries));
  if (!environment.value || faults.length > 0) throw new ConfigError(faults);
  const config = environment.value;
  const entries = catalogue.entries.filter(({ descriptor }) => config.services[descriptor.name]?.enabled !== false);
  const { placements, faults: unplaceable } = placeServices(entries, config);
  if (unplaceable.length > 0) throw new ConfigError(unplaceable);
  return {
    environment: config,
    context: {
      environment: config.name,
      accountId: config.aws.accountId,
      region: config.aws.region,
      durable: config.environment.durable,
    },
    services: entries.map(({ descriptor }) => ({ descriptor, placement: requirePlacement(placements, descriptor.name) })),
  };
}

/** Everything of one environment, as one component: what `pulumi up` makes and the plan shows. */
class Platform extends pulumi.ComponentResource {
  readonly outputs: PlatformOutputs;

  private readonly environment: EnvironmentConfig;
  private readonly context: PlatformContext;
  private readonly network: Network;
  private readonly logKey: LayerKey;
  private readonly alarms: AlarmTopic;
  private readonly stores: Stores;
  private readonly places: Partial<Record<Target, Place>>;
  private balancer: LoadBalancer | undefined;

  constructor({ environment, context, services }: Blueprint, options: pulumi.ComponentResourceOptions) {
    super("strata:stacks:Platform", environment.name, {}, options);
    this.environment = environment;
    this.context = context;
    this.network = this.createNetwork();
    this.logKey = new LayerKey(
      "visibility",
      { context, description: `Logs and alarms of ${environment.name}`, services: ["cloudwatch-logs", "cloudwatch-alarms"] },
      { parent: this },
    );
    this.alarms = new AlarmTopic(
      "alarms",
      { context, keyArn: this.logKey.arn, email: environment.visibility.alarmEmail },
      { parent: this },
    );
    this.places = this.createPlaces(services);
    this.stores = this.createStores();
    this.outputs = {
      environment: environment.name,
      region: context.region,
      vpcId: this.network.vpcId,
      privateSubnetIds: this.network.privateSubnetIds,
      services: this.createServices(services),
      url: this.balancer?.url,
    };
    this.registerOutputs({ vpcId: this.outputs.vpcId, url: this.outputs.url });
  }

  private createNetwork(): Network {
    const { network, environment, aws: place } = this.environment;
    return new Network("network", { ...network, region: place.region, durable: environment.durable }, { parent: this });
  }

  private createPlaces(services: Blueprint["services"]): Partial<Record<Target, Place>> {
    const { compute, visibility } = this.environment;
    const execLogs = new ServiceLogs(
      "exec",
      { context: this.context, retentionDays: visibility.logDays, keyArn: this.logKey.arn },
      { parent: this },
    );
    const cluster = new EcsCluster(
      "containers",
      { containerInsights: visibility.containerInsights, execLogGroup: execLogs.name, keyArn: this.logKey.arn },
      { parent: this },
    );
    const placements = new Map(services.map(({ descriptor, placement }) => [descriptor.name, placement]));
    return {
      fargate: new FargatePlace({
        context: this.context,
        network: this.network,
        cluster,
        loadBalancer: () => this.loadBalancer(),
        priorities: routePriorities(services.flatMap(({ descriptor }) => descriptor.reach?.http ?? [])),
        sizing: (descriptor) => containerSizing(descriptor, requirePlacement(placements, descriptor.name), this.environment),
        spotShare: compute.spotShare,
        latencyTarget: visibility.latencyTarget,
        alarmTopicArn: this.alarms.arn,
      }),
    };
  }

  private loadBalancer(): LoadBalancer {
    const { ingress, network } = this.environment;
    this.balancer ??= new LoadBalancer(
      "public",
      {
        context: this.context,
        vpcId: this.network.vpcId,
        subnetIds: this.network.publicSubnetIds,
        domain: ingress.domain && ingress.hostedZoneId ? { name: ingress.domain, hostedZoneId: ingress.hostedZoneId } : undefined,
        logDays: network.flowLogDays,
      },
      { parent: this },
    );
    return this.balancer;
  }

  private createStores(): Stores {
    let key: LayerKey | undefined;
    return new Stores({
      context: this.context,
      environment: this.environment,
      network: this.network,
      key: () =>
        (key ??= new LayerKey(
          "persistence",
          { context: this.context, description: `Data of ${this.environment.name}`, services: [] },
          { parent: this },
        )),
      parent: this,
    });
  }

  private createServices(services: Blueprint["services"]): Record<string, ServiceOutput> {
    const running = new Map<string, Service>();
    for (const { descriptor, placement } of services) {
      const place = this.places[placement.target];
      if (place) running.set(descriptor.name, this.createService(descriptor, place));
    }
    const outputs: Record<string, ServiceOutput> = {};
    for (const { descriptor, placement } of services) {
      const service = running.get(descriptor.name);
      const needs = (descriptor.needs ?? []).map((need) => this.resolve(need, service, running));
      const bindings = needs.flatMap((need) => ("binding" in need ? [need.binding] : []));
      service?.run(bindings);
      outputs[descriptor.name] = {
        target: placement.target,
        reason: placement.reason,
        deployed: service !== undefined,
        waitingFor: [
          ...(service ? [] : [PLACE_NAMES[placement.target]]),
          ...needs.flatMap((need) => ("waitingFor" in need ? [need.waitingFor] : [])),
        ],
        bindings: bindings.map(({ to, kind, access, variables }) => ({ to, kind, access, variables: Object.keys(variables) })),
      };
    }
    return outputs;
  }

  private createService(descriptor: Descriptor, place: Place): Service {
    return new Service(
      descriptor.name,
      {
        context: this.context,
        network: this.network,
        descriptor,
        place,
        owner: this.environment.environment.owner,
        logDays: this.environment.visibility.logDays,
        logKeyArn: this.logKey.arn,
      },
      { parent: this },
    );
  }

  private resolve(
    need: Need,
    consumer: Service | undefined,
    running: ReadonlyMap<string, Service>,
  ): { readonly binding: Binding } | { readonly waitingFor: string } | Record<string, never> {
    if ("internet" in need) return {};
    if ("service" in need) {
      const called = running.get(need.service);
      if (!called) return { waitingFor: `service ${need.service}` };
      return consumer ? { binding: called.bind(consumer, "call") } : {};
    }
    // A store is made for a service that runs; one that waits for its place must not bring it into being.
    if (!consumer) return this.stores.peek(need);
    const resolved = this.stores.resolve(need);
    return "store" in resolved ? { binding: resolved.store.bind(consumer, need.access) } : resolved;
  }
}

/** How a place that cannot be made yet is called. */
const PLACE_NAMES: Readonly<Record<Target, string>> = {
  lambda: "AWS Lambda",
  fargate: "AWS Fargate",
  "fargate-job": "jobs on AWS Fargate",
  ecs: "ECS on EC2",
  eks: "EKS",
  "eks-stateful": "StatefulSets on EKS",
};

function requirePlacement(placements: ReadonlyMap<string, Placement>, name: string): Placement {
  const placement = placements.get(name);
  if (!placement) throw new Error(`service ${name} has no placement`);
  return placement;
}

/** The provider of everything here: one account, one region, tags on all it makes. */
function createProvider({ environment, aws: where, name }: EnvironmentConfig): aws.Provider {
  return new aws.Provider("aws", {
    region: where.region,
    allowedAccountIds: [where.accountId],
    assumeRoles: where.assumeRole ? [{ roleArn: where.assumeRole, sessionName: `strata-${name}` }] : undefined,
    defaultTags: {
      tags: {
        environment: name,
        owner: environment.owner,
        "cost-centre": environment.costCentre,
        "pulumi:project": pulumi.getProject(),
        "pulumi:stack": pulumi.getStack(),
      },
    },
  });
}

/**
 * Makes one environment, as its stack file and the catalogue describe it.
 * @returns the stack's outputs.
 * @throws {ConfigError} with every fault of the stack file and the catalogue, before anything is registered.
 */
export function platform(): Promise<PlatformOutputs> {
  const blueprint = readBlueprint();
  const provider = createProvider(blueprint.environment);
  return Promise.resolve(new Platform(blueprint, { providers: { aws: provider } }).outputs);
}
