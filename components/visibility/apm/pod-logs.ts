import { type CollectorParts } from "./collector-config";

/** Where a node keeps what the containers of its pods write: `/var/log/pods/<namespace>_<pod>_<uid>/<container>/<restart>.log`. */
export const POD_LOGS = "/var/log/pods";
const STORAGE = "file_storage";
const SIGNER = "sigv4auth/logs";
/**
 * Events of a request: CloudWatch Logs takes 1 MB of them (CloudWatch Logs user guide, "OTLP endpoint", 2026-11). They are put together behind
 * the queue on disk: a batch processor before it would hold in memory what the reader already counts as read.
 */
const BATCH = { flush_timeout: "5s", sizer: "items", min_size: 500, max_size: 500 };

/** A service whose pods write a log, and where it goes. */
export interface PodLogRoute {
  /** Namespace of the service's pods. */
  readonly namespace: string;
  readonly service: string;
  readonly logGroup: string;
  readonly logStream: string;
}

export interface PodLogSettings {
  readonly region: string;
  readonly routes: readonly PodLogRoute[];
  /** Directory in which it keeps how far it has read, and what it could not send yet. */
  readonly positions: string;
}

/** An object with an entry a route, under names of one kind. */
function each(routes: readonly PodLogRoute[], kind: string, part: (route: PodLogRoute) => unknown): Record<string, unknown> {
  return Object.fromEntries(routes.map((route) => [`${kind}/${route.namespace}`, part(route)]));
}

/**
 * What sends each service's pod logs to the service's log group. How far it has read and what it could not send yet are kept on the node,
 * so that a restart neither loses nor repeats lines; it tries for as long as the node lives.
 *
 * CloudWatch Logs takes OTLP, signed with Signature Version 4, with group and stream as headers; both must be there before
 * (CloudWatch Logs user guide, "Sending logs to the OTLP endpoint", 2026-11).
 */
export function podLogParts({ region, routes, positions }: PodLogSettings): CollectorParts[] {
  if (routes.length === 0) return [];
  return [
    {
      extensions: {
        [STORAGE]: { directory: positions, create_directory: true },
        [SIGNER]: { region, service: "logs" },
      },
      receivers: each(routes, "file_log", ({ namespace }) => ({
        include: [`${POD_LOGS}/${namespace}_*/*/*.log`],
        // A pod's first lines are often the ones that say why it does not start.
        start_at: "beginning",
        include_file_path: true,
        storage: STORAGE,
        retry_on_failure: { enabled: true, max_elapsed_time: "0" },
        operators: [{ type: "container", id: "container" }],
      })),
      processors: each(routes, "resource", ({ service }) => ({
        attributes: [{ key: "service.name", value: service, action: "upsert" }],
      })),
      exporters: each(routes, "otlp_http", ({ logGroup, logStream }) => ({
        logs_endpoint: `https://logs.${region}.amazonaws.com/v1/logs`,
        headers: { "x-aws-log-group": logGroup, "x-aws-log-stream": logStream },
        auth: { authenticator: SIGNER },
        retry_on_failure: { enabled: true, max_elapsed_time: "0" },
        sending_queue: { enabled: true, storage: STORAGE, batch: BATCH },
      })),
      pipelines: each(routes, "logs", ({ namespace }) => ({
        receivers: [`file_log/${namespace}`],
        processors: [`resource/${namespace}`],
        exporters: [`otlp_http/${namespace}`],
      })),
    },
  ];
}
