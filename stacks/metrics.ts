import type * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../components/faults";
import { type PlatformContext } from "../components/platform-context";
import { type VisibilityHost } from "../components/visibility/host/host";
import { type NodeDaemons } from "../components/visibility/host/node-daemon";
import { Graphite } from "../components/visibility/metrics/graphite";
import { HostedGraphite } from "../components/visibility/metrics/hosted-graphite";
import { type MetricsStore } from "../components/visibility/metrics/metrics-store";
import { netdata } from "../components/visibility/metrics/netdata";
import { intervalOf, readRetention } from "../components/visibility/metrics/retention";
import { type MetricsConfig, metricsLoad } from "./config/visibility/metrics";

/** What the metrics of an environment are made with. */
export interface MetricsArgs {
  readonly context: PlatformContext;
  readonly config: MetricsConfig;
  /** What runs the programs; asked only where there are any. */
  readonly host: () => VisibilityHost;
  /** Asked when all programs are made: what runs an agent on every node, of the EKS cluster, of the ECS cluster, of both or of neither. */
  readonly nodes: () => readonly NodeDaemons[];
  readonly parent: pulumi.Resource;
}

/** Where the environment keeps its metrics, and the agent on every node that sends to it; undefined where CloudWatch has them alone. */
export function createMetrics(args: MetricsArgs): MetricsStore | undefined {
  const store = createStore(args);
  if (!store) return undefined;
  for (const nodes of args.nodes()) nodes.run(netdata(nodes.kind, args.context.environment, store), args.parent);
  return store;
}

function createStore({ context, config, host, parent }: MetricsArgs): MetricsStore | undefined {
  const { store, hosted, pruneDays } = config;
  if (store === "none") return undefined;
  const { archives, faults } = readRetention("strata:visibility.metrics.retention", config.retention);
  if (faults.length > 0) throw new ConfigError(faults);
  const relayImage = config.relayImage ?? `${context.accountId}.dkr.ecr.${context.region}.amazonaws.com/carbon-c-relay:3.7.3`;
  if (store === "graphite") {
    const load = metricsLoad(config, context.durable);
    return new Graphite("metrics", { context, host: host(), archives, load, pruneDays, relayImage }, { parent }).store;
  }
  if (!hosted) throw new Error("a hosted store without its endpoint has passed the checks of the stack file");
  const { endpoint, port, tls, renderUrl, keySecretArn } = hosted;
  const settings = { endpoint: { host: endpoint, port, tls }, renderUrl, keySecretArn, intervalSeconds: intervalOf(archives), relayImage };
  return new HostedGraphite("metrics", { context, host: host(), ...settings }, { parent }).store;
}
