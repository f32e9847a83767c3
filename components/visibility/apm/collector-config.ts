import { stringify } from "yaml";
import { type Apm, keyHeader, tracesEndpoint } from "./apm";

/** What a collector of traces is made to do. */
export interface CollectorSettings {
  readonly environment: string;
  readonly region: string;
  readonly apm: Apm;
  /** Address it listens on for OTLP. */
  readonly listen: string;
  /** How the key is written in the configuration: `${env:APM_KEY}`, `${file:/run/secrets/key}`, `${secretsmanager:<arn>}`. */
  readonly key: string;
  /** MiB the collector may use in all. */
  readonly memoryMib: number;
  /** True for a Lambda extension, which is frozen with its function: a queue and retries would sleep with it. Default: false. */
  readonly extension?: boolean;
}

export const OTLP_HTTP_PORT = 4318;
export const OTLP_GRPC_PORT = 4317;
export const HEALTH_PORT = 13_133;

/** Share of its memory at which a collector refuses what comes, so that it is not killed. */
const MEMORY_SHARE = 0.8;
const SPIKE_SHARE = 0.2;
/** Seconds for which what cannot be sent is tried again. Traces are samples: after that they are dropped, and the collector says so. */
const RETRY_SECONDS = 300;
const QUEUE_SIZE = 1_000;

type Part = Readonly<Record<string, unknown>>;

/** A collector's configuration in parts that stand side by side in one collector. */
export interface CollectorParts {
  readonly extensions: Part;
  readonly receivers: Part;
  readonly processors: Part;
  readonly exporters: Part;
  readonly pipelines: Part;
}

function exporter({ apm, region, key, extension = false }: CollectorSettings): Part {
  if (apm.kind === "xray") return { awsxray: { region, index_all_attributes: false } };
  const patience = {
    retry_on_failure: { enabled: true, max_elapsed_time: `${RETRY_SECONDS}s` },
    sending_queue: { enabled: true, queue_size: QUEUE_SIZE },
  };
  return {
    otlp_http: {
      endpoint: tracesEndpoint(apm, region),
      ...(apm.keySecretArn !== undefined && { headers: keyHeader(apm, key) }),
      compression: apm.kind === "appdynamics" ? "none" : "gzip",
      ...(!extension && patience),
    },
  };
}

/** Facts about where a span comes from that its own program does not know. */
function resource({ environment, apm: { controller } }: CollectorSettings): Part {
  const attributes: Readonly<Record<string, string | number>> = {
    "deployment.environment.name": environment,
    ...(controller && {
      // AppDynamics finds the application by these (AppDynamics documentation, "Resource Attributes", 2026-11).
      "appdynamics.controller.host": controller.host,
      "appdynamics.controller.account": controller.account,
      "appdynamics.controller.port": 443,
      "service.namespace": environment,
      "telemetry.sdk.name": "opentelemetry",
    }),
  };
  return { attributes: Object.entries(attributes).map(([key, value]) => ({ key, value, action: "upsert" })) };
}

/** What collects traces; none where none are collected. */
export function traceParts(settings: CollectorSettings): CollectorParts[] {
  const { apm, listen, memoryMib, extension = false } = settings;
  if (apm.kind === "none") return [];
  const limit = Math.floor(memoryMib * MEMORY_SHARE);
  const limiter = { memory_limiter: { check_interval: "1s", limit_mib: limit, spike_limit_mib: Math.floor(limit * SPIKE_SHARE) } };
  const exporters = exporter(settings);
  const processors = { ...(!extension && limiter), resource: resource(settings), batch: { timeout: "1s" } };
  return [
    {
      extensions: {},
      receivers: {
        otlp: { protocols: { grpc: { endpoint: `${listen}:${OTLP_GRPC_PORT}` }, http: { endpoint: `${listen}:${OTLP_HTTP_PORT}` } } },
      },
      processors,
      exporters,
      pipelines: { traces: { receivers: ["otlp"], processors: Object.keys(processors), exporters: Object.keys(exporters) } },
    },
  ];
}

/**
 * A configuration as a collector reads it.
 * @param healthHost address on which it says that it is well. Default: nowhere.
 */
export function collectorYaml(parts: readonly CollectorParts[], healthHost?: string): string {
  const merged = (key: keyof CollectorParts): Part => Object.assign({}, ...parts.map((part) => part[key])) as Part;
  const extensions: Part = {
    ...(healthHost !== undefined && { health_check: { endpoint: `${healthHost}:${HEALTH_PORT}` } }),
    ...merged("extensions"),
  };
  const hasExtensions = Object.keys(extensions).length > 0;
  return stringify(
    {
      ...(hasExtensions && { extensions }),
      receivers: merged("receivers"),
      processors: merged("processors"),
      exporters: merged("exporters"),
      service: {
        ...(hasExtensions && { extensions: Object.keys(extensions) }),
        // Its own metrics would open a port that nobody reads.
        telemetry: { metrics: { level: "none" }, logs: { level: "warn" } },
        pipelines: merged("pipelines"),
      },
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
