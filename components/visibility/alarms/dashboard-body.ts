import { CLOUDWATCH_LIMITS } from "../../../facts/limits-cloudwatch";
import { type AlarmSpec, isMath, metricsOf, type MetricReference } from "./alarm-spec";
import { type MadeAlarm } from "./metric-alarm";

/** Alarms of one thing, as they stand together on a dashboard. */
export interface DashboardGroup {
  /** Name of what they watch. */
  readonly title: string;
  readonly alarms: readonly MadeAlarm[];
}

const COLUMNS = 24;
const TITLE_HEIGHT = 1;
const GRAPH = { width: 6, height: 5 } as const;
const STATUS_HEIGHT = 3;
/** Alarms that one widget of alarm states takes (CloudWatch API reference, "Dashboard body structure and syntax", 2026-11). */
const ALARMS_PER_STATUS = 100;
const PER_ROW = COLUMNS / GRAPH.width;

/** Places widgets one row below the other. */
class Layout {
  readonly widgets: unknown[] = [];
  private y = 0;

  row(height: number, widgets: readonly { readonly type: string; readonly width: number; readonly properties: unknown }[]): void {
    let x = 0;
    for (const widget of widgets) {
      this.widgets.push({ ...widget, x, y: this.y, height });
      x += widget.width;
    }
    this.y += height;
  }
}

function line(metric: MetricReference, extra: Readonly<Record<string, unknown>>): unknown[] {
  return [metric.namespace, metric.metricName, ...Object.entries(metric.dimensions).flat(), { stat: metric.stat, ...extra }];
}

function lines({ measure }: AlarmSpec): unknown[] {
  if (!isMath(measure)) return [line(measure, {})];
  return [
    ...Object.entries(measure.metrics).map(([id, metric]) => line(metric, { id, visible: false })),
    [{ id: "result", expression: measure.expression, label: measure.label }],
  ];
}

function graph(spec: AlarmSpec, region: string) {
  return {
    type: "metric",
    width: GRAPH.width,
    properties: {
      title: `${spec.suffix}: ${spec.concern}`,
      region,
      view: "timeSeries",
      period: spec.period,
      metrics: lines(spec),
      annotations: { horizontal: [{ label: `alarm ${spec.fires}`, value: spec.threshold }] },
    },
  };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/**
 * Groups of one layer, as many to a dashboard as CloudWatch takes: 500 widgets, 2,500 metrics.
 */
export function dashboardPages(groups: readonly DashboardGroup[]): DashboardGroup[][] {
  const pages: DashboardGroup[][] = [];
  let widgets = 0;
  let metrics = 0;
  for (const group of groups.filter(({ alarms }) => alarms.length > 0)) {
    // The states of a hundred alarms are a widget more; as many as the alarms are never too few.
    const more = { widgets: 2 + group.alarms.length, metrics: group.alarms.reduce((sum, { spec }) => sum + metricsOf(spec).length, 0) };
    const page = pages.at(-1);
    const full =
      widgets + more.widgets > CLOUDWATCH_LIMITS.widgetsPerDashboard.value ||
      metrics + more.metrics > CLOUDWATCH_LIMITS.metricsPerDashboard.value;
    if (!page || full) {
      pages.push([group]);
      ({ widgets, metrics } = more);
    } else {
      page.push(group);
      widgets += more.widgets;
      metrics += more.metrics;
    }
  }
  return pages;
}

/**
 * A dashboard as CloudWatch takes it, once its outputs are resolved: the states of all alarms, then a row of graphs for each thing, each graph with
 * the line at which its alarm fires.
 */
export function dashboardBody(groups: readonly DashboardGroup[], region: string): { readonly widgets: readonly unknown[] } {
  const layout = new Layout();
  const arns = groups.flatMap(({ alarms }) => alarms.map(({ arn }) => arn));
  for (const alarms of chunks(arns, ALARMS_PER_STATUS))
    layout.row(STATUS_HEIGHT, [{ type: "alarm", width: COLUMNS, properties: { title: "Alarms", alarms } }]);
  for (const { title, alarms } of groups) {
    layout.row(TITLE_HEIGHT, [{ type: "text", width: COLUMNS, properties: { markdown: `## ${title}` } }]);
    for (const row of chunks(alarms, PER_ROW))
      layout.row(
        GRAPH.height,
        row.map(({ spec }) => graph(spec, region)),
      );
  }
  return { widgets: layout.widgets };
}
