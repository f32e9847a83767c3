import { type Fact } from "./row";

const FIREHOSE = { source: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html", date: "2026-11" } as const;
const KINESIS = { source: "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html", date: "2026-11" } as const;

/** How long (seconds) and how much (MiB) a delivery stream gathers before it writes. */
export interface Buffering extends Fact {
  readonly seconds: { readonly least: number; readonly most: number };
  readonly mib: { readonly least: number; readonly most: number };
}

/** By the property that configures the destination. */
export const BUFFERING = {
  extendedS3Configuration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 128 }, ...FIREHOSE },
  icebergConfiguration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 128 }, ...FIREHOSE },
  elasticsearchConfiguration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 100 }, ...FIREHOSE },
  opensearchConfiguration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 100 }, ...FIREHOSE },
  opensearchserverlessConfiguration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 100 }, ...FIREHOSE },
  splunkConfiguration: { seconds: { least: 0, most: 60 }, mib: { least: 1, most: 5 }, ...FIREHOSE },
  httpEndpointConfiguration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 64 }, ...FIREHOSE },
  snowflakeConfiguration: { seconds: { least: 0, most: 900 }, mib: { least: 1, most: 256 }, ...FIREHOSE },
} as const satisfies Readonly<Record<string, Buffering>>;

/** The property that configures each destination. */
export const DELIVERY_DESTINATIONS = {
  properties: {
    extended_s3: "extendedS3Configuration",
    redshift: "redshiftConfiguration",
    elasticsearch: "elasticsearchConfiguration",
    opensearch: "opensearchConfiguration",
    opensearchserverless: "opensearchserverlessConfiguration",
    splunk: "splunkConfiguration",
    http_endpoint: "httpEndpointConfiguration",
    snowflake: "snowflakeConfiguration",
    iceberg: "icebergConfiguration",
  },
  source: "argument types of @pulumi/aws 7.48, FirehoseDeliveryStreamArgs",
  date: "2026-11",
} as const satisfies Fact & Record<string, unknown>;

/** MiB that partitioned or converted files are gathered to at least. */
export const PARTITIONED_MIB = {
  least: 64,
  source: "https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html",
  date: "2026-11",
} as const satisfies Fact & Record<string, unknown>;

/** Hours a data stream keeps its records. */
export const STREAM_HOURS = { least: 24, most: 8_760, ...KINESIS } as const satisfies Fact & Record<string, unknown>;
