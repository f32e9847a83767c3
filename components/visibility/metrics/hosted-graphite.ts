import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../../platform-context";
import { type HostedProgram, type VisibilityHost } from "../host/host";
import { endpoint } from "./graphite";
import { type MetricsStore } from "./metrics-store";
import { type HostedEndpoint, hostedRelay, RELAY_PORT } from "./relay";
import { STATSD_PORT, statsdProgram } from "./statsd";

export interface HostedGraphiteArgs {
  readonly context: PlatformContext;
  /** What runs the relay and StatsD. */
  readonly host: VisibilityHost;
  /** Where the hosted store takes lines. */
  readonly endpoint: HostedEndpoint;
  /** Base URL of its render API, without a slash at the end. */
  readonly renderUrl: string;
  /** ARN of the secret whose value is the API key, and nothing else. */
  readonly keySecretArn: string;
  /** Seconds between two points, as the hosted store was told. */
  readonly intervalSeconds: number;
  /** Image of carbon-c-relay. */
  readonly relayImage: string;
  /** Bends a program before the host runs it. */
  readonly transform?: { readonly [Program in "relay" | "statsd"]?: (program: HostedProgram) => HostedProgram };
}

/**
 * Metrics over time, kept by somebody else: the relay and StatsD are still the platform's own, so that agents and services send as they would
 * to a Graphite of its own, and only the relay and Grafana have the key.
 *
 * Cost: 0.1 vCPU a relay and 0.1 StatsD, of the instances they run on; and what the vendor asks for the series, which is unpriced here.
 */
export class HostedGraphite extends pulumi.ComponentResource {
  /** What senders and readers are told. */
  public readonly store: MetricsStore;

  constructor(name: string, args: HostedGraphiteArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:HostedGraphite", name, {}, options);
    const { context, host, intervalSeconds: interval, keySecretArn, relayImage: image, transform } = args;
    const settings = { image, replicas: context.durable ? 2 : 1, interval, environment: context.environment };
    const run = (which: "relay" | "statsd", program: HostedProgram) => host.run(transform?.[which]?.(program) ?? program, this);
    const relay = run("relay", hostedRelay(settings, args.endpoint, keySecretArn));
    const statsd = run("statsd", statsdProgram(context.environment, relay, interval));
    const url = new URL(args.renderUrl);
    this.store = {
      kind: "hosted",
      plaintext: endpoint(relay, RELAY_PORT),
      statsd: endpoint(statsd, STATSD_PORT),
      query: {
        host: pulumi.output(url.hostname),
        port: Number(url.port) || 443,
        securityGroupId: undefined,
        url: pulumi.output(args.renderUrl),
        keySecretArn,
      },
      intervalSeconds: interval,
      ready: [...relay.ready, ...statsd.ready],
    };
    this.registerOutputs({ plaintextHost: this.store.plaintext.host });
  }
}
