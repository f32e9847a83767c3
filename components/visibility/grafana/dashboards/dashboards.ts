import { type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import * as pulumi from "@pulumi/pulumi";
import { hostsDashboard } from "./hosts";
import { type DashboardInput, type KnownInput } from "./input";
import { layerDashboard, LAYERS } from "./layers";
import { serviceDashboard } from "./services";
import { storeDashboard } from "./stores";
import { dashboardUid } from "./uids";

/** What of the input decides which dashboards there are; plain, because each becomes a file. */
interface Outline {
  readonly environment: string;
  readonly services: readonly { readonly name: string }[];
  readonly stores: readonly { readonly id: string }[];
  readonly graphite?: { readonly hosts: boolean };
}

/** Ids of the dashboards of an environment. */
export function dashboardUids({ environment, services, stores, graphite }: Outline): string[] {
  return [
    ...LAYERS.map((layer) => dashboardUid("layer", layer)),
    ...(graphite?.hosts ? [dashboardUid("hosts", environment)] : []),
    ...services.map(({ name }) => dashboardUid("service", name)),
    ...stores.map(({ id }) => dashboardUid("store", id)),
  ];
}

/** Every dashboard of an environment: one for each layer, service and store, and one for its hosts. */
export function dashboards(input: KnownInput): Dashboard[] {
  return [
    ...LAYERS.map((layer) => layerDashboard(input, layer)),
    ...(input.graphite?.hosts ? [hostsDashboard(input)] : []),
    ...input.services.map((service) => serviceDashboard(input, service)),
    ...input.stores.map((store) => storeDashboard(input, store)),
  ];
}

/**
 * The dashboards as files of a folder, by name. Which files there are is known before anything is made; what is in them when the names of
 * what they show are known.
 */
export function dashboardFiles(input: DashboardInput): Record<string, pulumi.Output<string>> {
  const made = pulumi.output(input).apply((known) => new Map(dashboards(known).map((dashboard) => [dashboard.uid, dashboard])));
  return Object.fromEntries(
    dashboardUids(input).map((uid) => [
      `${uid}.json`,
      made.apply((all) => {
        const dashboard = all.get(uid);
        if (!dashboard) throw new Error(`dashboard ${uid} was not made`);
        // Without spaces: together they are most of what a restart reads.
        return JSON.stringify(dashboard);
      }),
    ]),
  );
}
