import { z } from "zod";
import { type MetricsLoad } from "../../../components/visibility/metrics/whisper-size";

const PLAIN_HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$/;

const hosted = z.strictObject({
  endpoint: z
    .string()
    .regex(PLAIN_HOST, { error: "is not a host name; write it as carbon.example.com, without scheme or port" })
    .describe("Host that takes lines of Graphite's plaintext protocol."),
  port: z.int().min(1).max(65_535).default(20_030).describe("Its port."),
  tls: z.boolean().default(true).describe("False sends without TLS, key and all."),
  renderUrl: z
    .url({ protocol: /^https$/, error: "is not an https URL" })
    .refine((url) => !url.endsWith("/"), { error: "ends with a slash; write it without" })
    .describe("Base URL of its render API, for Grafana."),
  keySecretArn: z
    .string()
    .regex(SECRET_ARN, { error: "is not the ARN of a secret in Secrets Manager" })
    .describe("Secret whose value is the API key and nothing else. Only the relay and Grafana may read it."),
});

/** `strata:visibility.metrics`: where fine metrics are kept, how long, and how many are expected. */
export const MetricsKey = z
  .strictObject({
    store: z
      .enum(["graphite", "hosted", "none"])
      .default("graphite")
      .describe("Where metrics are kept: in a Graphite of the environment's own, in a hosted one, or in CloudWatch alone."),
    retention: z
      .string()
      .default("10s:1d,60s:7d,10m:90d")
      .describe("Archives from fine to coarse, as carbon spells them. The finest is also how often agents send. Holds for new series."),
    shards: z
      .int()
      .min(1)
      .max(16)
      .optional()
      .describe(
        "Parts the series are spread over, each with a volume; for good, since a change hides a part of the past. Default: 1, durable 4.",
      ),
    expectedHosts: z.int().min(1).max(100_000).default(10).describe("Instances, nodes and Fargate tasks at once."),
    metricsPerHost: z.int().min(1).max(100_000).default(600).describe("Series of each: about 400, and 50 for each container."),
    growth: z
      .number()
      .min(1)
      .max(10)
      .default(2)
      .describe("Room of a volume over what is expected: for series to come, and for those of containers that are gone."),
    pruneDays: z.int().min(1).max(3_650).default(14).describe("Days without a point after which a series is removed."),
    relayImage: z
      .string()
      .regex(/[:@]/, { error: "has neither a tag nor a digest" })
      .optional()
      .describe("Image of carbon-c-relay, for which nobody publishes one. Default: carbon-c-relay:3.7.3 of the account's own ECR."),
    hosted: hosted.optional().describe("The hosted Graphite; goes with `store: hosted`."),
  })
  .prefault({})
  .describe("Where fine metrics are kept, how long, and how many are expected.");

export type MetricsConfig = z.output<typeof MetricsKey>;

/** Shards of a durable environment at least: the number is for good, so it must be one to grow into. */
export const DURABLE_SHARDS = 4;

/** What is expected of a Graphite of the environment's own. */
export function metricsLoad({ expectedHosts: hosts, metricsPerHost, growth, shards }: MetricsConfig, durable: boolean): MetricsLoad {
  return { hosts, metricsPerHost, growth, shards: shards ?? (durable ? DURABLE_SHARDS : 1) };
}
