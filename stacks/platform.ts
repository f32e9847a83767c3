import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Network } from "../components/network/network";
import { Backups } from "../components/persistence/backups";
import { LayerKey } from "../components/persistence/layer-key";
import { type Binding } from "../components/service/binding";
import { type Descriptor } from "../components/service/descriptor";
import { type Need } from "../components/service/needs";
import { Service } from "../components/service/service";
import { AlarmTopic } from "../components/visibility/alarm-topic";
import { backupKinds } from "./backup-kinds";
import { type Blueprint, readBlueprint } from "./blueprint";
import { serviceNeeds } from "./bus-needs";
import { Buses } from "./buses";
import { type EnvironmentConfig } from "./environment";
import { type PlatformOutputs, type ServiceOutput } from "./outputs";
import { type Placement } from "./placement";
import { Places } from "./places";
import { Stores } from "./stores";
import { queueVisibilitySeconds } from "./visibility-timeout";

/** What one need of a service came to: a binding, something it waits for, or nothing to do. */
type Resolved = { readonly binding: Binding } | { readonly waitingFor: string } | Record<string, never>;

/** Everything of one environment, as one component: what `pulumi up` makes and the plan shows. */
class Platform extends pulumi.ComponentResource {
  readonly outputs: PlatformOutputs;

  private readonly network: Network;
  private readonly logKey: LayerKey;
  private readonly alarms: AlarmTopic;
  private readonly stores: Stores;
  private readonly places: Places;
  private persistenceKey: LayerKey | undefined;

  constructor(
    private readonly blueprint: Blueprint,
    options: pulumi.ComponentResourceOptions,
  ) {
    // Whether it is durable is what policies ask before they want more than one copy.
    super("strata:stacks:Platform", blueprint.environment.name, { durable: blueprint.context.durable }, options);
    const { environment, context } = blueprint;
    this.network = this.createNetwork();
    this.logKey = this.createLogKey();
    this.alarms = this.createAlarms();
    this.stores = this.createStores();
    this.places = this.createPlaces();
    const services = this.createServices();
    this.places.publish();
    this.createBackups();
    this.outputs = {
      environment: environment.name,
      region: context.region,
      vpcId: this.network.vpcId,
      privateSubnetIds: this.network.privateSubnetIds,
      url: this.places.loadBalancerUrl,
      apiUrl: this.places.apiUrl,
      services,
    };
    this.registerOutputs({ vpcId: this.outputs.vpcId, url: this.outputs.url, apiUrl: this.outputs.apiUrl });
  }

  private createNetwork(): Network {
    const { network, environment, aws: where } = this.blueprint.environment;
    return new Network("network", { ...network, region: where.region, durable: environment.durable }, { parent: this });
  }

  private createLogKey(): LayerKey {
    const { context, environment } = this.blueprint;
    return new LayerKey(
      "visibility",
      { context, description: `Logs and alarms of ${environment.name}`, services: ["cloudwatch-logs", "cloudwatch-alarms"] },
      { parent: this },
    );
  }

  private createAlarms(): AlarmTopic {
    const { context, environment } = this.blueprint;
    return new AlarmTopic("alarms", { context, keyArn: this.logKey.arn, email: environment.visibility.alarmEmail }, { parent: this });
  }

  private createStores(): Stores {
    const { context, environment, services, tables } = this.blueprint;
    return new Stores({
      context,
      environment,
      network: this.network,
      key: () => this.dataKey(),
      operations: { logDays: environment.visibility.logDays, logKeyArn: this.logKey.arn, alarmTopicArn: this.alarms.arn },
      tables,
      buses: this.createBuses(),
      visibilitySeconds: (queue) => queueVisibilitySeconds(queue, services),
      parent: this,
    });
  }

  private createBuses(): Buses {
    const { context, environment, services } = this.blueprint;
    return new Buses(
      {
        context,
        config: environment.persistence,
        network: this.network,
        cluster: () => this.places.ecsCluster(),
        key: () => this.dataKey(),
        logs: { retentionDays: environment.visibility.logDays, keyArn: this.logKey.arn },
        parent: this,
      },
      serviceNeeds(services.map(({ descriptor }) => descriptor)),
    );
  }

  /** Key of all stores; an environment without any has none. */
  private dataKey(): LayerKey {
    const { context, environment } = this.blueprint;
    this.persistenceKey ??= new LayerKey(
      "persistence",
      { context, description: `Data of ${environment.name}`, services: [] },
      { parent: this },
    );
    return this.persistenceKey;
  }

  /** Daily backups of the stores there are, with a copy in another region. */
  private createBackups(): void {
    const { context, environment } = this.blueprint;
    const { backup } = environment.persistence;
    const kinds = backupKinds(this.stores.ids, environment);
    if (!context.durable || !backup || kinds.length === 0) return;
    new Backups(
      "backups",
      {
        context,
        kinds,
        keyArns: [this.dataKey().arn],
        keepDays: backup.keepDays,
        copy: { region: backup.copyTo, keepDays: backup.copyDays },
        lock: backup.lock,
        alarmTopicArn: this.alarms.arn,
      },
      { parent: this },
    );
  }

  private createPlaces(): Places {
    const { context, environment, services, bundles, adopted } = this.blueprint;
    return new Places({
      context,
      environment,
      services,
      bundles,
      adopted,
      network: this.network,
      logKey: this.logKey,
      alarms: this.alarms,
      sources: this.stores,
      parent: this,
    });
  }

  /** All services first, then their workloads: services may need each other. */
  private createServices(): Record<string, ServiceOutput> {
    const { services } = this.blueprint;
    const made = new Map(services.map(({ descriptor, placement }) => [descriptor.name, this.createService(descriptor, placement)]));
    return Object.fromEntries(
      services.map(({ descriptor, placement }) => {
        const service = made.get(descriptor.name);
        if (!service) throw new Error(`service ${descriptor.name} was not made`);
        const needs = (descriptor.needs ?? []).map((need) => this.resolve(need, service, made));
        const bindings = needs.flatMap((need) => ("binding" in need ? [need.binding] : []));
        service.run(bindings);
        return [
          descriptor.name,
          {
            target: placement.target,
            reason: placement.reason,
            waitingFor: needs.flatMap((need) => ("waitingFor" in need ? [need.waitingFor] : [])),
            bindings: bindings.map(({ to, kind, access, variables }) => ({ to, kind, access, variables: Object.keys(variables) })),
          },
        ];
      }),
    );
  }

  private createService(descriptor: Descriptor, placement: Placement): Service {
    const { context, environment } = this.blueprint;
    return new Service(
      descriptor.name,
      {
        context,
        network: this.network,
        descriptor,
        placement: { target: placement.target, overruled: placement.overruled, monthlyUsd: placement.monthlyUsd },
        place: this.places.of(placement.target, descriptor.place === "auto" ? undefined : descriptor.place.cluster),
        owner: environment.environment.owner,
        logDays: environment.visibility.logDays,
        logKeyArn: this.logKey.arn,
      },
      { parent: this },
    );
  }

  private resolve(need: Need, consumer: Service, services: ReadonlyMap<string, Service>): Resolved {
    if ("internet" in need) return {};
    if ("service" in need) {
      const called = services.get(need.service);
      return called ? { binding: called.bind(consumer, "call") } : { waitingFor: `service ${need.service}` };
    }
    return { binding: this.stores.resolve(need).bind(consumer, need.access) };
  }
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
  const passwords = new random.Provider("random");
  return Promise.resolve(new Platform(blueprint, { providers: { aws: provider, random: passwords } }).outputs);
}
