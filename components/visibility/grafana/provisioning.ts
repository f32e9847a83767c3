import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { type LogStore } from "../logs/log-store";
import { type MetricsStore } from "../metrics/metrics-store";
import { DATA_SOURCES } from "./data-sources";

/** What data sources need to know. */
export interface Sources {
  readonly region: string;
  readonly metrics?: Pick<MetricsStore, "query">;
  readonly logs?: Pick<LogStore, "kind" | "pushUrl" | "credentials">;
  readonly traces?: "xray";
  /** Files that hold one secret each. */
  readonly files: { readonly metricsKey: string; readonly logsUser: string; readonly logsPassword: string };
}

/** Paths that lines are sent to; what is before them is where they are searched. */
const PUSH_PATHS: Readonly<Record<LogStore["kind"], string>> = { loki: "/loki/api/v1/push", opensearch: "/_bulk" };
/** Pattern of the indexes that lines are in. */
const LOG_INDEXES = "strata-logs-*";
const LOG_INDEX_VERSION = "3.0.0";

/** The base of a store's own addresses. */
export function baseUrl({ kind, pushUrl }: Pick<LogStore, "kind" | "pushUrl">): pulumi.Output<string> {
  const path = PUSH_PATHS[kind];
  return pushUrl.apply((url) => {
    if (!url.endsWith(path)) throw new Error(`${url} does not end with ${path}`);
    return url.slice(0, -path.length);
  });
}

function graphite({ metrics, files }: Sources): object[] {
  if (!metrics) return [];
  const { url, keySecretArn } = metrics.query;
  return [
    {
      name: "Graphite",
      ...DATA_SOURCES.graphite,
      access: "proxy",
      url,
      isDefault: true,
      jsonData: {
        graphiteVersion: "1.1",
        ...(keySecretArn !== undefined && { httpHeaderName1: "Authorization" }),
      },
      ...(keySecretArn !== undefined && { secureJsonData: { httpHeaderValue1: `Bearer $__file{${files.metricsKey}}` } }),
    },
  ];
}

function cloudwatch({ region }: Sources): object {
  return { name: "CloudWatch", ...DATA_SOURCES.cloudwatch, access: "proxy", jsonData: { authType: "default", defaultRegion: region } };
}

function logs({ logs: store, region, files, traces }: Sources): object[] {
  if (!store) return [];
  const url = baseUrl(store);
  if (store.kind === "loki") {
    // A line that names a trace of X-Ray, such as 1-67891233-abcdef012345678912345678, opens it.
    const derivedFields = traces
      ? [{ name: "trace", matcherRegex: "(1-[0-9a-f]{8}-[0-9a-f]{24})", datasourceUid: DATA_SOURCES.xray.uid, url: "$${__value.raw}" }]
      : [];
    return [{ name: "Logs", ...DATA_SOURCES.loki, access: "proxy", url, jsonData: { maxLines: 1000, derivedFields } }];
  }
  const common = {
    flavor: "opensearch",
    version: LOG_INDEX_VERSION,
    database: LOG_INDEXES,
    timeField: "@timestamp",
    logMessageField: "message",
    maxConcurrentShardRequests: 5,
  };
  return [
    {
      name: "Logs",
      ...DATA_SOURCES.opensearch,
      access: "proxy",
      url,
      ...(store.credentials
        ? {
            basicAuth: true,
            basicAuthUser: `$__file{${files.logsUser}}`,
            jsonData: common,
            secureJsonData: { basicAuthPassword: `$__file{${files.logsPassword}}` },
          }
        : { jsonData: { ...common, sigV4Auth: true, sigV4AuthType: "default", sigV4Region: region } }),
    },
  ];
}

function traces({ region, traces: kind }: Sources): object[] {
  return kind ? [{ name: "Traces", ...DATA_SOURCES.xray, access: "proxy", jsonData: { authType: "default", defaultRegion: region } }] : [];
}

/** The data sources, which nobody can change in the browser: two copies of Grafana without a database would differ. */
export function dataSourcesYaml(sources: Sources): pulumi.Output<string> {
  const datasources = [...graphite(sources), cloudwatch(sources), ...logs(sources), ...traces(sources)];
  return pulumi
    .output(datasources)
    .apply((known) =>
      stringify(
        { apiVersion: 1, prune: true, datasources: known.map((one) => ({ orgId: 1, version: 1, editable: false, ...one })) },
        { lineWidth: 0 },
      ),
    );
}

/** Where dashboards are read from: files of one folder, which win over whatever was changed in the browser. */
export function dashboardsYaml(folder: string, environment: string): string {
  return stringify({
    apiVersion: 1,
    providers: [
      {
        name: "strata",
        orgId: 1,
        folder: `Strata ${environment}`,
        folderUid: "strata",
        type: "file",
        disableDeletion: false,
        allowUiUpdates: false,
        updateIntervalSeconds: 60,
        options: { path: folder, foldersFromFilesStructure: false },
      },
    ],
  });
}
