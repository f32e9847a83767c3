import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../../iam";

/** Where a store's user name and password come from. */
export interface LogStoreCredentials {
  /** ARN of a secret whose value is `{"username": "...", "password": "..."}`; read by the functions at run time. */
  readonly secretArn: pulumi.Input<string>;
  /** Customer key the secret is encrypted with. Default: AWS's own key for Secrets Manager. */
  readonly keyArn?: pulumi.Input<string>;
}

/** Where log lines are searched: what a store tells those that send lines to it and those that read from it. */
export interface LogStore {
  readonly kind: "loki" | "opensearch";
  /**
   * URL that lines are sent to by POST. Loki: the whole of `http://<address>:3100/loki/api/v1/push`. OpenSearch: `https://<endpoint>/_bulk`.
   */
  readonly pushUrl: pulumi.Output<string>;
  /** Port of `pushUrl`, for security group rules. */
  readonly port: number;
  /** Group in front of the store: what is let in by `allowPassage` to it may connect. */
  readonly securityGroupId: pulumi.Output<string>;
  /** How a client says who it is. Default: it need not. */
  readonly credentials?: LogStoreCredentials;
  /** What a role needs in order to send, for a store that checks IAM: requests are then signed for the service `es`. Default: nothing. */
  readonly pushStatements?: readonly Statement[];
  /** Lines older than this are refused by the store and kept as dead letters. Hours. */
  readonly oldestHours: number;
  /** What must exist before anything is sent. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Labels of every line in the log store, whatever it came from; few and with few values each, because each combination is a stream of its own.
 * `environment`: name of the environment. `service`: name of the service, or of the store or component that said it. `source`: what wrote it,
 * one of {@link LOG_SOURCES}.
 */
export const LOG_LABELS = ["environment", "service", "source"] as const;

/** Where a line of the log store can come from. */
export const LOG_SOURCES = [
  "cloudwatch",
  "alb",
  "vpc-flow",
  "s3-access",
  "msk",
  "redshift",
  "cloudfront",
  "rds",
  "redshift-system",
  "amazon-mq",
] as const;
export type LogSource = (typeof LOG_SOURCES)[number];
