import type * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../components/platform-context";
import { type AlarmSpec } from "../components/visibility/alarms/alarm-spec";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { type DashboardGroup } from "../components/visibility/alarms/dashboard-body";
import { LayerDashboard } from "../components/visibility/alarms/layer-dashboard";
import { type MadeAlarm } from "../components/visibility/alarms/metric-alarm";
import { type Observed, sharedBy, type StoreInUse, type StoreUser } from "../components/visibility/alarms/observed";
import { ServiceAlarms } from "../components/visibility/alarms/service-alarms";
import {
  apiSpecs,
  clusterSpecs,
  loadBalancerSpecs,
  natGatewaySpecs,
  topicDeliverySpecs,
} from "../components/visibility/alarms/services/shared";
import { SharedAlarms } from "../components/visibility/alarms/shared-alarms";
import { StoreAlarms } from "../components/visibility/alarms/store-alarms";
import { storeSpecs } from "../components/visibility/alarms/stores";
import { type AlarmChannels } from "./alarm-channels";
import { type EnvironmentConfig } from "./environment";
import { type SharedByServices } from "./shared-compute";
import { type RunningService } from "./running-service";

/** What the alarms of an environment are made for. */
export interface AlarmsArgs {
  readonly context: PlatformContext;
  readonly visibility: EnvironmentConfig["visibility"];
  readonly channels: AlarmChannels;
  /** Services that run, with what they say of themselves. */
  readonly services: readonly RunningService[];
  readonly stores: readonly StoreInUse[];
  /** What services share of the places they run in. */
  readonly shared: SharedByServices;
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  readonly parent: pulumi.Resource;
}

/** Layers that have a dashboard; messaging is what carries messages between services. */
const LAYERS = ["network", "compute", "persistence", "messaging"] as const;
type Layer = (typeof LAYERS)[number];

const MESSAGING: ReadonlySet<Observed["kind"]> = new Set(["kafka", "topic", "activemq", "rabbitmq", "broker-queue", "sqs"]);

function layerOf({ kind }: Observed): Layer {
  return MESSAGING.has(kind) ? "messaging" : "persistence";
}

/** A store or what several are part of, with all that use it. */
interface Watched {
  readonly observed: Observed;
  readonly users: readonly StoreUser[];
}

/** Each store, and once each what they share, which all users of its parts use. */
function watchedOf(stores: readonly StoreInUse[]): Watched[] {
  const watched = new Map<string, Watched>();
  const add = (observed: Observed, users: readonly StoreUser[]) => {
    const known = watched.get(observed.name)?.users ?? [];
    watched.set(observed.name, { observed, users: [...known, ...users] });
  };
  for (const { observed, users } of stores) {
    const shared = sharedBy(observed);
    if (shared !== observed) add(shared, users);
    add(observed, users);
  }
  return [...watched.values()];
}

/**
 * The alarms of everything in an environment, and where it is durable a dashboard for each layer. Called once, when all services run.
 */
export class Alarms {
  private readonly groups: Readonly<Record<Layer, DashboardGroup[]>> = { network: [], compute: [], persistence: [], messaging: [] };
  /** Alarms of a store that say that it is down, by the name of the store. */
  private readonly down = new Map<string, readonly MadeAlarm[]>();

  constructor(private readonly args: AlarmsArgs) {
    this.watchShared();
    this.watchStores();
    this.watchServices();
    if (args.visibility.alarms.dashboards ?? args.context.durable) this.showLayers();
  }

  private share(layer: Layer, name: string, specs: readonly AlarmSpec[], topics: AlarmTopics = this.args.channels): void {
    const { context, services, parent } = this.args;
    if (specs.length === 0) return;
    const neededByCritical = services.some(({ descriptor }) => descriptor.critical);
    const { alarms } = new SharedAlarms(name, { context, specs, topics, neededByCritical }, { parent });
    this.groups[layer].push({ title: name, alarms });
  }

  private watchShared(): void {
    const { shared, natGatewayIds, visibility, channels } = this.args;
    const { loadBalancer, api, clusters } = shared;
    this.share(
      "network",
      "nat",
      natGatewayIds.flatMap((id, index) => natGatewaySpecs(id, String(index + 1))),
    );
    if (loadBalancer) this.share("network", loadBalancer.name, loadBalancerSpecs(loadBalancer.arnSuffix));
    if (api) this.share("network", api.name, apiSpecs(api.id, api.stage, visibility.latencyTarget));
    for (const { name, clusterName } of clusters) this.share("compute", name, clusterSpecs(clusterName));
    // Whether alarms arrive is told by the other topic, where there are two.
    const { arn, criticalArn } = channels;
    channels.topicNames.forEach((topicName, index) => {
      const other = index === 0 ? criticalArn : arn;
      this.share("messaging", index === 0 ? "alarms" : "pages", topicDeliverySpecs(topicName), { arn: other, criticalArn: other });
    });
  }

  private watchStores(): void {
    const { context, stores, channels, parent } = this.args;
    for (const { observed, users } of watchedOf(stores)) {
      if (storeSpecs(observed, users).length === 0) continue;
      const { alarms } = new StoreAlarms(observed.name, { context, observed, users, topics: channels }, { parent });
      this.groups[layerOf(observed)].push({ title: observed.name, alarms });
      this.down.set(
        observed.name,
        alarms.filter(({ spec }) => spec.severity === "critical" && spec.concern === "availability"),
      );
    }
  }

  private watchServices(): void {
    const { context, services, visibility, channels } = this.args;
    for (const { descriptor, observed, parent } of services) {
      const { name, critical = false, slo } = descriptor;
      const { alarms } = new ServiceAlarms(
        name,
        { context, observed, critical, slo, latencyTarget: visibility.latencyTarget, stores: this.storesOf(name), topics: channels },
        { parent },
      );
      this.groups.compute.push({ title: name, alarms });
    }
  }

  private storesOf(service: string): MadeAlarm[] {
    const used = this.args.stores.filter(({ users }) => users.some((user) => user.service === service));
    const names = new Set(used.flatMap(({ observed }) => [observed.name, sharedBy(observed).name]));
    return [...names].flatMap((name) => this.down.get(name) ?? []);
  }

  private showLayers(): void {
    const { context, parent } = this.args;
    for (const layer of LAYERS) new LayerDashboard(layer, { context, groups: this.groups[layer] }, { parent });
  }
}
