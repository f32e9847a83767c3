import type * as pulumi from "@pulumi/pulumi";
import { type Network } from "../components/network/network";
import { type LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { NodeAgent, type ObservedPods } from "../components/visibility/apm/node-agent";
import { sendingReasons, Traces } from "../components/visibility/apm/traces";
import { type Grafana } from "../components/visibility/grafana/grafana";
import { type PolledStore } from "../components/visibility/logs/log-poller";
import { type LogStore } from "../components/visibility/logs/log-store";
import { type MetricsStore } from "../components/visibility/metrics/metrics-store";
import { TaskMetrics } from "../components/visibility/metrics/task-metrics";
import { mergeTelemetry, type ObservedWorkload, type TelemetrySource, type WorkloadTelemetry } from "../components/visibility/telemetry";
import { type AlarmChannels } from "./alarm-channels";
import { Alarms } from "./alarms";
import { type EnvironmentConfig } from "./environment";
import { createGrafana } from "./grafana";
import { type Logs } from "./logs";
import { createMetrics } from "./metrics";
import { type Places } from "./places";
import { type RunningService } from "./running-service";
import { type Stores } from "./stores";
import { VisibilityHosts } from "./visibility-hosts";

/** What the visibility layer of an environment is made with. */
export interface VisibilityArgs {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  readonly network: Network;
  /** Key of logs, alarms and what the layer keeps. */
  readonly key: LayerKey;
  readonly alarms: AlarmChannels;
  readonly places: Places;
  readonly stores: Stores;
  readonly logs: Logs;
  readonly parent: pulumi.Resource;
}

/**
 * The visibility layer of an environment, designed in with the rest: it is there before the first service starts, adds its part to each
 * workload, and ends with what looks at all of them.
 */
export class Visibility implements TelemetrySource {
  /** Undefined until `complete`, and where none is wanted. */
  public grafana: Grafana | undefined;

  /** Where log lines are searched; undefined where they are only archived. */
  readonly logStore: LogStore | undefined;

  /** Where fine metrics are kept; undefined where CloudWatch has them alone. */
  readonly metrics: MetricsStore | undefined;

  private readonly sources: readonly TelemetrySource[];
  private readonly hosts: VisibilityHosts;
  private agent: NodeAgent | undefined;

  constructor(private readonly args: VisibilityArgs) {
    const { context, network, environment, logs } = args;
    this.hosts = new VisibilityHosts(args);
    const host = () => this.hosts.host();
    this.logStore = logs.createStore(network, host);
    this.metrics = createMetrics({
      context,
      config: environment.visibility.metrics,
      host,
      nodes: () => this.hosts.nodeDaemons(),
      parent: args.parent,
    });
    this.sources = [
      ...(this.metrics ? [new TaskMetrics(context.environment, this.metrics)] : []),
      new Traces({ context, network, apm: environment.visibility.apm, agent: () => this.requireAgent() }),
    ];
  }

  /** Makes what looks after the pods of services: call it when every service is there, and before the first of them runs. */
  observePods(services: readonly ObservedPods[]): void {
    const { context, network, environment, parent } = this.args;
    const { apm } = environment.visibility;
    const daemons = this.hosts.nodeDaemons().find(({ kind }) => kind === "eks");
    if (!daemons || services.length === 0) return;
    const internetReasons = sendingReasons(apm, network, context.region);
    this.agent = new NodeAgent("telemetry", { context, daemons, services, apm, internetReasons }, { parent });
  }

  /** Ends with what looks at all services and stores; call it when all services run. */
  complete(services: readonly RunningService[]): void {
    const { context, environment, alarms: channels, places, stores, network, logs, parent } = this.args;
    const inUse = stores.inUse(services.map(({ descriptor }) => descriptor));
    this.grafana = createGrafana({
      ...this.args,
      host: () => this.hosts.host(),
      metrics: this.metrics,
      logs: this.logStore,
      traces: environment.visibility.apm.kind === "xray" ? "xray" : undefined,
      hosts: this.hosts.nodeDaemons().length > 0,
      services,
      stores: inUse,
    });
    logs.poll([...stores.polled(), ...polledState(this.grafana)]);
    new Alarms({
      context,
      visibility: environment.visibility,
      channels,
      services,
      stores: [...inUse, ...(this.grafana?.state ? [{ id: "postgres/grafana", observed: this.grafana.state, users: [] }] : [])],
      shared: places.shared.shown,
      natGatewayIds: network.natGatewayIds,
      parent,
    });
  }

  internetReasons(descriptor: Descriptor, target: Target): readonly string[] {
    return this.sources.flatMap((source) => source.internetReasons(descriptor, target));
  }

  of(workload: ObservedWorkload): WorkloadTelemetry {
    return mergeTelemetry(this.sources.map((source) => source.of(workload)));
  }

  private requireAgent(): NodeAgent {
    if (!this.agent) throw new Error("a service runs on the cluster, and nobody looks after its pods");
    return this.agent;
  }
}

/** The log files of Grafana's own database are read like those of any other. */
function polledState(grafana: Grafana | undefined): PolledStore[] {
  const state = grafana?.state;
  return state && "instanceIdentifier" in state ? [{ kind: "rds", service: state.name, instanceIdentifier: state.instanceIdentifier }] : [];
}
