import type * as cog from "@grafana/grafana-foundation-sdk/cog";
import { DataqueryBuilder as LokiQueryBuilder } from "@grafana/grafana-foundation-sdk/loki";
import { metricFamily } from "../../../../facts/cloudwatch-metrics";
import { LOG_LABELS, type LogStore } from "../../logs/log-store";
import { DATA_SOURCES } from "../data-sources";

/** What a panel asks a data source. */
export type Query = cog.Builder<cog.Dataquery>;

/** A query of a data source whose type the SDK does not have, with the properties that its plugin reads. */
function query(properties: object): (refId: string) => Query {
  return (refId) => ({ build: () => ({ refId, ...properties, _implementsDataqueryVariant: () => undefined }) });
}

/** A query that has yet to be given its letter in the panel. */
export type Lettered = (refId: string) => Query;

/** Asks Graphite for a target, such as `aliasByNode(strata.dev.hosts.*.system.load.load1, 3)`. */
export function graphite(target: string): Lettered {
  return query({ datasource: DATA_SOURCES.graphite, target });
}

/** What is asked of CloudWatch beside the metric's name. */
export interface MetricChoice {
  /** Each with its value; `*` is every value. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Statistic such as `Sum`, `Average`, `p95`. */
  readonly statistic: string;
  /** Name in the legend; `${PROP('Dim.X')}` in it is the value of dimension X. Default: the metric's name. */
  readonly label?: string;
  /** Seconds of a point. Default: as many as the graph has room for. */
  readonly period?: number;
}

/**
 * Asks CloudWatch, in the region of the data source, for a metric.
 * @throws {Error} for a metric that AWS does not publish under these dimensions: Grafana would show an empty graph and no error.
 */
export function cloudwatch(namespace: string, metricName: string, { dimensions, statistic, label, period }: MetricChoice): Lettered {
  const names = Object.keys(dimensions);
  if (!metricFamily(namespace, metricName, names)) throw new Error(`AWS publishes no ${namespace} ${metricName} by ${names.join(", ")}`);
  return query({
    datasource: DATA_SOURCES.cloudwatch,
    queryMode: "Metrics",
    metricQueryType: 0,
    metricEditorMode: 0,
    id: "",
    region: "default",
    namespace,
    metricName,
    dimensions,
    matchExact: true,
    statistic,
    label: label ?? metricName,
    ...(period !== undefined && { period: String(period) }),
  });
}

/** What tells lines of one service, store or component from others; without a service, all of an environment. */
export interface LogSelection {
  readonly environment: string;
  readonly service?: string;
}

function labelled(selection: LogSelection): [label: string, value: string][] {
  const values: { readonly [Label in (typeof LOG_LABELS)[number]]?: string } = selection;
  return LOG_LABELS.flatMap((label) => (values[label] === undefined ? [] : [[label, values[label]]]));
}

/** Lines as Loki selects them: `{environment="dev",service="orders"}`. */
export function lokiSelector(selection: LogSelection): string {
  return `{${labelled(selection)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(",")}}`;
}

/** Lines as Lucene, which OpenSearch takes, selects them. */
export function luceneSelector(selection: LogSelection): string {
  return labelled(selection)
    .map(([label, value]) => `${label}:${JSON.stringify(value)}`)
    .join(" AND ");
}

const MOST_LINES = 500;

/** The newest lines of the log store. */
export function lines(store: LogStore["kind"], selection: LogSelection): Lettered {
  if (store === "loki")
    return (refId) =>
      new LokiQueryBuilder()
        .refId(refId)
        .datasource(DATA_SOURCES.loki)
        .expr(lokiSelector(selection))
        .maxLines(MOST_LINES)
        .queryType("range");
  return query({
    datasource: DATA_SOURCES.opensearch,
    query: luceneSelector(selection),
    queryType: "lucene",
    luceneQueryType: "Logs",
    isLogsQuery: true,
    metrics: [{ id: "1", type: "logs", settings: { limit: String(MOST_LINES) } }],
    bucketAggs: [],
    timeField: "@timestamp",
  });
}

/** How many lines there are a minute. */
export function lineRate(store: LogStore["kind"], selection: LogSelection): Lettered {
  if (store === "loki")
    return (refId) =>
      new LokiQueryBuilder()
        .refId(refId)
        .datasource(DATA_SOURCES.loki)
        .expr(`sum by (source) (count_over_time(${lokiSelector(selection)}[1m]))`)
        .legendFormat("{{source}}")
        .queryType("range");
  return query({
    datasource: DATA_SOURCES.opensearch,
    query: luceneSelector(selection),
    queryType: "lucene",
    luceneQueryType: "Metric",
    metrics: [{ id: "1", type: "count" }],
    bucketAggs: [{ id: "2", type: "date_histogram", field: "@timestamp", settings: { interval: "1m" } }],
    timeField: "@timestamp",
  });
}

/** The traces of X-Ray that a service is in. */
export function traces(service: string): Lettered {
  return query({ datasource: DATA_SOURCES.xray, queryType: "getTraceSummaries", query: `service(${JSON.stringify(service)})` });
}
