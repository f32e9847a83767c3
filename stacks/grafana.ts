import type * as pulumi from "@pulumi/pulumi";
import { type Network } from "../components/network/network";
import { type LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { type StoreInUse } from "../components/visibility/alarms/observed";
import { type DashboardInput } from "../components/visibility/grafana/dashboards/input";
import { Grafana, type GrafanaFront, type SignInChoice } from "../components/visibility/grafana/grafana";
import { type VisibilityHost } from "../components/visibility/host/host";
import { type LogStore } from "../components/visibility/logs/log-store";
import { type MetricsStore } from "../components/visibility/metrics/metrics-store";
import { type GrafanaConfig } from "./config/visibility/grafana";
import { type EnvironmentConfig } from "./environment";
import { type Places } from "./places";
import { relationalSettings } from "./relational-settings";
import { type RunningService } from "./running-service";

/** What an environment's Grafana is made with: everything that it looks at is there. */
export interface GrafanaSetting {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  readonly network: Network;
  readonly key: LayerKey;
  readonly alarms: AlarmTopics;
  readonly places: Places;
  /** What runs it; asked only where there is a Grafana. */
  readonly host: () => VisibilityHost;
  readonly metrics: MetricsStore | undefined;
  readonly logs: LogStore | undefined;
  readonly traces: "xray" | undefined;
  /** Netdata runs on some instances or nodes. */
  readonly hosts: boolean;
  readonly services: readonly RunningService[];
  readonly stores: readonly StoreInUse[];
  readonly parent: pulumi.Resource;
}

const DURABLE_REPLICAS = 2;

/** What its dashboards show. */
export function dashboardInput(setting: Omit<GrafanaSetting, "host" | "network" | "key" | "alarms" | "parent">): DashboardInput {
  const { environment, places, metrics, logs, traces, hosts, services, stores } = setting;
  const { api } = places.shared.shown;
  return {
    environment: environment.name,
    services: services.map(({ descriptor: { critical = false, needs = [] }, observed: { name, target, runtime, requests } }) => ({
      name,
      target,
      runtime,
      requests,
      critical,
      calls: needs.flatMap((need) => ("service" in need ? [need.service] : [])),
    })),
    stores,
    ...(api && { api }),
    ...(logs && { logs: logs.kind }),
    ...(traces && { traces }),
    ...(metrics && { graphite: { hosts, tasks: services.some(({ observed }) => observed.target.startsWith("fargate")) } }),
  };
}

/** Who signs people in, out of the stack file. */
export function signInChoice(signIn: NonNullable<GrafanaConfig["signIn"]>): SignInChoice {
  const { admins, editors, viewers, emailDomains } = signIn;
  const allowed = { groups: { Admin: admins, Editor: editors, Viewer: viewers }, emailDomains };
  if (signIn.kind === "identity-center") return { ...allowed, kind: signIn.kind, metadataUrl: signIn.metadataUrl };
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId, clientSecret, scopes, groupsClaim, kind } = signIn;
  const client = { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId, clientSecret, scopes };
  return { ...allowed, kind, groupsClaim, client };
}

function front({ environment, places }: GrafanaSetting): GrafanaFront | undefined {
  const { from, path, signIn } = environment.visibility.grafana;
  const { domain } = environment.ingress;
  if (from === "vpc") return undefined;
  if (!signIn || domain === undefined) throw new Error("Grafana without sign-in or domain has passed the checks of the stack file");
  return { ...places.front(path), domain, path, signIn: signInChoice(signIn) };
}

/** The Grafana of an environment, once everything that it shows is there; undefined where none is wanted. */
export function createGrafana(setting: GrafanaSetting): Grafana | undefined {
  const { context, environment, network, host, key, alarms, metrics, logs, traces, parent } = setting;
  const { visibility } = environment;
  if (!visibility.grafana.enabled) return undefined;
  return new Grafana(
    "grafana",
    {
      context,
      network,
      host: host(),
      keyArn: key.arn,
      metrics,
      logs,
      traces,
      dashboards: dashboardInput(setting),
      replicas: context.durable ? DURABLE_REPLICAS : 1,
      database: context.durable
        ? {
            settings: relationalSettings(environment),
            operations: { logDays: visibility.logDays, logKeyArn: key.arn, alarmTopicArn: alarms.arn },
          }
        : undefined,
      front: front(setting),
    },
    { parent },
  );
}
