import type * as pulumi from "@pulumi/pulumi";

/** Somewhere that takes connections inside the VPC. */
export interface Endpoint {
  readonly host: pulumi.Output<string>;
  readonly port: number;
  /** Group in front of it: what is let in by `allowPassage` to it may connect. Undefined for one outside the VPC. */
  readonly securityGroupId: pulumi.Output<string> | undefined;
}

/** How Grafana asks a metrics store. */
export interface MetricsQuery extends Endpoint {
  /** Base URL of the render API, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** ARN of the secret that holds the API key of a hosted store. Default: none is wanted. */
  readonly keySecretArn?: pulumi.Input<string>;
}

/** Where metrics are kept over time: what a store tells those that send to it and those that read from it. */
export interface MetricsStore {
  readonly kind: "graphite" | "hosted";
  /** Takes lines of `path value time` over TCP. */
  readonly plaintext: Endpoint;
  /** Takes counters, timers and gauges of applications over UDP, as StatsD spells them. */
  readonly statsd: Endpoint;
  readonly query: MetricsQuery;
  /** Seconds between two points of a metric: senders must send as often, no more and no less. */
  readonly intervalSeconds: number;
  /** What must exist before anything is sent. */
  readonly ready: readonly pulumi.Resource[];
}
