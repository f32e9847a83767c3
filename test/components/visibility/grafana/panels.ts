import { type Dashboard, type Panel } from "@grafana/grafana-foundation-sdk/dashboard";

/** What queries of all data sources have, as the JSON of a dashboard holds it. */
export interface Target {
  readonly refId?: string;
  readonly datasource?: { readonly type?: string; readonly uid?: string };
  /** Graphite. */
  readonly target?: string;
  /** Loki. */
  readonly expr?: string;
  /** OpenSearch and X-Ray. */
  readonly query?: string;
  /** CloudWatch. */
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

type ReadPanel = Omit<Panel, "targets"> & { readonly targets?: readonly Target[] };

/** The panels of a dashboard, as its file holds them. */
export function panelsOf({ panels = [] }: Pick<Dashboard, "panels">): ReadPanel[] {
  return JSON.parse(JSON.stringify(panels)) as ReadPanel[];
}

/** What the panels of a dashboard ask. */
export function targetsOf(dashboard: Pick<Dashboard, "panels">): Target[] {
  return panelsOf(dashboard).flatMap(({ targets = [] }) => [...targets]);
}
