import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { namespaceOf } from "../components/compute/kubernetes/names";
import { Network } from "../components/network/network";
import { Backups } from "../components/persistence/backups";
import { LayerKey } from "../components/persistence/layer-key";
import { type Binding } from "../components/service/binding";
import { type Descriptor } from "../components/service/descriptor";
import { type Need } from "../components/service/needs";
import { servicePort } from "../components/service/place";
import { Service } from "../components/service/service";
import { AlarmChannels } from "./alarm-channels";
import { backupKinds } from "./backup-kinds";
import { type Blueprint, readBlueprint } from "./blueprint";
import { serviceNeeds } from "./bus-needs";
import { Buses } from "./buses";
import { type Exported, type PlatformOutputs, type ServiceOutput } from "./outputs";
import { Logs } from "./logs";
import { type Placement } from "./placement";
import { Places } from "./places";
import { SharedCompute } from "./shared-compute";
import { exportPlatform } from "./platform-outputs";
import { decommissioningText } from "./decommissioning";
import { createProvider } from "./provider";
import { storeSwaps } from "./store-swaps";
import { Stores } from "./stores";
import { isOnOwnEks } from "./config/visibility/host-checks";
import { type RunningService } from "./running-service";
import { Visibility } from "./visibility";
import { queueVisibilitySeconds } from "./visibility-timeout";

/** What one need of a service came to: a binding, something it waits for, or nothing to do. */
type Resolved = { readonly binding: Binding } | { readonly waitingFor: string } | Record<string, never>;

/** Everything of one environment, as one component: what `pulumi up` makes and the plan shows. */
class Platform extends pulumi.ComponentResource {
  readonly outputs: PlatformOutputs;

  private readonly logKey: LayerKey;
  private readonly alarms: AlarmChannels;
  private readonly logs: Logs;
  private readonly network: Network;
  private readonly stores: Stores;
  private readonly places: Places;
  private readonly visibility: Visibility;
  private readonly running: RunningService[] = [];
  private persistenceKey: LayerKey | undefined;

  constructor(
    private readonly blueprint: Blueprint,
    options: pulumi.ComponentResourceOptions,
  ) {
    const { environment, context } = blueprint;
    const { durable, decommissioning } = context;
    // Whether it is durable is what policies ask before they want more than one copy, and whether it is taken down before they want
    // protection from deletion; what it may cost, before they call it too dear.
    super(
      "strata:stacks:Platform",
      environment.name,
      {
        durable,
        ...(decommissioning && { decommissioning }),
        ...(environment.budget && { budget: environment.budget }),
        // Lines of every log group are sent on by another environment of the account.
        ...(environment.visibility.logs.subscription === "elsewhere" && { logsSubscribed: true }),
      },
      options,
    );
    this.logKey = this.createLogKey();
    this.alarms = this.createAlarms();
    this.logs = this.createLogs();
    this.network = this.createNetwork();
    this.stores = this.createStores();
    this.places = this.createPlaces();
    this.visibility = this.createVisibility();
    const services = this.createServices();
    this.places.shared.publish();
    this.visibility.complete(this.running);
    this.createBackups();
    this.outputs = exportPlatform({
      environment,
      context,
      network: this.network,
      places: this.places,
      stores: this.stores,
      alarms: this.alarms,
      metrics: this.visibility.metrics,
      keys: { visibility: this.logKey, persistence: this.persistenceKey },
      services,
      swaps: storeSwaps(
        blueprint.services.flatMap(({ descriptor }) => descriptor.needs ?? []),
        environment,
      ),
    });
    this.registerOutputs({ vpcId: this.network.vpcId, url: this.outputs.url, apiUrl: this.outputs.apiUrl });
  }

  private createNetwork(): Network {
    const { network, aws: where } = this.blueprint.environment;
    const { durable, decommissioning } = this.blueprint.context;
    const { arrivals } = this.logs;
    return new Network(
      "network",
      { ...network, durable, decommissioning, region: where.region, ...(arrivals && { logArrivals: arrivals }) },
      { parent: this },
    );
  }

  private createLogKey(): LayerKey {
    const { context, environment } = this.blueprint;
    return new LayerKey(
      "visibility",
      { context, description: `Logs and alarms of ${environment.name}`, services: ["cloudwatch-logs", "cloudwatch-alarms"] },
      { parent: this },
    );
  }

  private createAlarms(): AlarmChannels {
    const { context, environment } = this.blueprint;
    return new AlarmChannels({ context, settings: environment.visibility.alarms, keyArn: this.logKey.arn, parent: this });
  }

  private createLogs(): Logs {
    const { context, environment } = this.blueprint;
    return new Logs({ context, environment, key: this.logKey, alarms: this.alarms, parent: this });
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
      accessLogs: () => this.logs.accessLogs(),
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
        cluster: () => this.places.shared.ecsCluster.get(),
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
    const { network, logKey, alarms, logs, stores: sources } = this;
    const all = { context, environment, services, network };
    const shared = new SharedCompute({ ...all, adopted, logKey, logArrivals: logs.arrivals, parent: this });
    return new Places({ ...all, bundles, shared, alarms, sources });
  }

  private createVisibility(): Visibility {
    const { context, environment } = this.blueprint;
    const { network, logKey: key, alarms, places, stores, logs } = this;
    return new Visibility({ context, environment, network, key, alarms, places, stores, logs, parent: this });
  }

  /** All services first, then their workloads: services may need each other. */
  private createServices(): Record<string, Exported<ServiceOutput>> {
    const { services } = this.blueprint;
    const made = new Map(services.map(({ descriptor, placement }) => [descriptor.name, this.createService(descriptor, placement)]));
    this.visibility.observePods(
      services.flatMap(({ descriptor, placement: { target } }) => {
        const service = made.get(descriptor.name);
        if (!service || !isOnOwnEks({ descriptor, target })) return [];
        return [{ service: descriptor.name, namespace: namespaceOf(descriptor.name), logs: service.logs }];
      }),
    );
    return Object.fromEntries(
      services.map(({ descriptor, placement }) => {
        const service = made.get(descriptor.name);
        if (!service) throw new Error(`service ${descriptor.name} was not made`);
        const needs = (descriptor.needs ?? []).map((need) => this.resolve(need, service, made));
        const bindings = needs.flatMap((need) => ("binding" in need ? [need.binding] : []));
        this.running.push({ descriptor, observed: service.run(bindings), parent: service });
        return [
          descriptor.name,
          {
            target: placement.target,
            reason: placement.reason,
            waitingFor: needs.flatMap((need) => ("waitingFor" in need ? [need.waitingFor] : [])),
            bindings: bindings.map(({ to, kind, access, variables }) => ({ to, kind, access, variables: Object.keys(variables) })),
            securityGroupId: service.securityGroupId,
            port: servicePort(descriptor),
          },
        ];
      }),
    );
  }

  private createService(descriptor: Descriptor, placement: Placement): Service {
    const { context, environment } = this.blueprint;
    const monthlyUsd = environment.services[descriptor.name]?.monthlyUsd;
    return new Service(
      descriptor.name,
      {
        context,
        network: this.network,
        descriptor,
        budget: monthlyUsd === undefined ? undefined : { monthlyUsd },
        placement: { target: placement.target, overruled: placement.overruled, monthlyUsd: placement.monthlyUsd },
        place: this.places.of(placement.target, descriptor.place === "auto" ? undefined : descriptor.place.cluster),
        owner: environment.environment.owner,
        logDays: environment.visibility.logDays,
        logKeyArn: this.logKey.arn,
        telemetry: this.visibility,
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

/**
 * Makes one environment, as its stack file and the catalogue describe it.
 * @returns the stack's outputs.
 * @throws {ConfigError} with every fault of the stack file and the catalogue, before anything is registered.
 */
export function platform(): Promise<PlatformOutputs> {
  const blueprint = readBlueprint();
  const { name, aws: where, environment, ephemeral } = blueprint.environment;
  const provider = createProvider({ environment: name, ...where, ...environment, expires: ephemeral?.expires });
  if (environment.decommissioning) void pulumi.log.warn(decommissioningText(name));
  const passwords = new random.Provider("random");
  return Promise.resolve(new Platform(blueprint, { providers: { aws: provider, random: passwords } }).outputs);
}
