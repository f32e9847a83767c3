import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { stringify } from "yaml";

/** Ports of Loki: HTTP for everybody, the other two between its copies. */
export const LOKI_PORTS = { http: 3100, grpc: 9095, gossip: 7946 } as const;
/** Where a copy keeps what is not in S3 yet. */
export const LOKI_STORAGE = "/loki";

/** What Loki's configuration says. */
export interface LokiConfiguration {
  /** Name of the bucket that lines and their index are kept in. */
  readonly bucket: pulumi.Input<string>;
  readonly region: string;
  /** Copies, which write each line to all of themselves. */
  readonly replicas: number;
  /** DNS names of the copies, on which they find each other. */
  readonly copies: readonly pulumi.Input<string>[];
  /** Days a line can be searched. */
  readonly searchDays: number;
  /** Lines older than this many hours are refused. */
  readonly oldestHours: number;
}

/** Schema 13 with the TSDB index is the newest; the day only has to be before the first line. */
const SCHEMA = {
  from: "2026-01-01",
  store: "tsdb",
  object_store: "s3",
  schema: "v13",
  index: { prefix: "index_", period: "24h" },
} as const;

/**
 * Loki's configuration file: all parts in each copy, lines and index in S3, deleted by the compactor.
 *
 * A line is taken when it is less than half of `max_chunk_age` behind the newest of its stream (Loki documentation, "Accept out-of-order
 * writes", 2026-11). By default that is an hour, and everything that waited through a longer outage would be refused; here it is a day. What
 * is in memory meanwhile is in the write-ahead log on the copy's volume.
 */
export function lokiConfiguration({ bucket, copies, ...args }: LokiConfiguration): pulumi.Output<string> {
  const { region, replicas, searchDays, oldestHours } = args;
  return output({ bucket, copies }).apply((known) =>
    stringify(
      {
        // One team's lines are all teams' lines: there are no tenants, and the security group says who connects.
        auth_enabled: false,
        analytics: { reporting_enabled: false },
        server: { http_listen_port: LOKI_PORTS.http, grpc_listen_port: LOKI_PORTS.grpc, log_level: "warn" },
        common: {
          path_prefix: LOKI_STORAGE,
          replication_factor: replicas,
          ring: { kvstore: { store: "memberlist" } },
          storage: { s3: { bucketnames: known.bucket, region } },
        },
        memberlist: {
          bind_port: LOKI_PORTS.gossip,
          join_members: replicas > 1 ? known.copies.map((copy) => `${copy}:${LOKI_PORTS.gossip}`) : [],
          // A copy that comes back starts before its name is known.
          abort_if_cluster_join_fails: false,
        },
        schema_config: { configs: [SCHEMA] },
        ingester: {
          max_chunk_age: "48h",
          chunk_idle_period: "30m",
          wal: { enabled: true, flush_on_shutdown: true },
        },
        limits_config: {
          retention_period: `${searchDays * 24}h`,
          reject_old_samples: true,
          reject_old_samples_max_age: `${oldestHours}h`,
          creation_grace_period: "10m",
          allow_structured_metadata: true,
          // The labels are ours; a guess would make more streams.
          discover_service_name: [],
          // A service is one stream, and a file of it comes all at once.
          ingestion_rate_mb: 32,
          ingestion_burst_size_mb: 64,
          per_stream_rate_limit: "16MB",
          per_stream_rate_limit_burst: "64MB",
          // An event of CloudWatch Logs has at most 1 MB (CloudWatch Logs quotas, 2026-11).
          max_line_size: "1100KB",
          volume_enabled: true,
        },
        compactor: { working_directory: `${LOKI_STORAGE}/compactor`, retention_enabled: true, delete_request_store: "s3" },
        query_range: { align_queries_with_step: true },
      },
      { lineWidth: 0 },
    ),
  );
}
