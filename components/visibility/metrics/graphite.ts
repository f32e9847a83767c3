import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../../faults";
import { type PlatformContext } from "../../platform-context";
import { type Hosted, type HostedProgram, type VisibilityHost } from "../host/host";
import { frontProgram, WEB_PORT } from "./graphite-web";
import { type Endpoint, type MetricsStore } from "./metrics-store";
import { RELAY_PORT, shardRelay } from "./relay";
import { type Archive, intervalOf } from "./retention";
import { shardProgram } from "./shards";
import { STATSD_PORT, statsdProgram } from "./statsd";
import { loadFaults, type MetricsLoad, shardGib } from "./whisper-size";

/** Programs of a Graphite, by which a transform names them. */
export type GraphiteProgram = "shards" | "relay" | "web" | "statsd";

export interface GraphiteArgs {
  readonly context: PlatformContext;
  /** What runs it. Changing the host makes new, empty volumes. */
  readonly host: VisibilityHost;
  /** Archives of each series. A change holds for series that are new. */
  readonly archives: readonly Archive[];
  /** What is expected to be sent. Changing the number of shards moves series to shards that do not have their past. */
  readonly load: MetricsLoad;
  /** Days without a point after which a series is removed. */
  readonly pruneDays: number;
  /** Image of carbon-c-relay. */
  readonly relayImage: string;
  /** Bends a program before the host runs it. */
  readonly transform?: { readonly [Program in GraphiteProgram]?: (program: HostedProgram) => HostedProgram };
}

/**
 * Metrics over time, run by the team itself: a relay, a fixed number of shards with a volume each, graphite-web that asks all shards, and
 * StatsD for what applications count. It stands for the guide's rule that fine metrics are kept for long outside CloudWatch. It is a
 * distributed system: a shard, a relay or a graphite-web may be away, and the rest goes on.
 *
 * Cost: 0.8 vCPU and 1.6 GiB a shard, 0.1 vCPU a relay, 0.25 a graphite-web and 0.1 StatsD, of the instances it runs on; 0.08 USD a
 * GB-month of each volume in us-east-1 (Amazon EBS pricing, 2026-11).
 */
export class Graphite extends pulumi.ComponentResource {
  /** What senders and readers are told. */
  public readonly store: MetricsStore;
  /** GiB of the volume of each shard. */
  public readonly shardGib: number;

  /** @throws {ConfigError} when a shard cannot hold or take what is expected. */
  constructor(
    name: string,
    private readonly args: GraphiteArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:Graphite", name, {}, options);
    const faults = loadFaults(`graphite ${name}`, args.archives, args.load);
    if (faults.length > 0) throw new ConfigError(faults);
    this.shardGib = shardGib(args.archives, args.load);
    const shards = this.runShards();
    const relay = this.runRelay(shards);
    const web = this.runWeb(shards);
    const statsd = this.runStatsd(relay);
    this.store = {
      kind: "graphite",
      plaintext: endpoint(relay, RELAY_PORT),
      statsd: endpoint(statsd, STATSD_PORT),
      query: { ...endpoint(web, WEB_PORT), url: pulumi.interpolate`http://${web.address}:${WEB_PORT}` },
      intervalSeconds: this.interval,
      ready: [...relay.ready, ...statsd.ready],
    };
    this.registerOutputs({ plaintextHost: this.store.plaintext.host, url: this.store.query.url });
  }

  private get interval(): number {
    return intervalOf(this.args.archives);
  }

  /** Copies of what keeps nothing. */
  private get copies(): number {
    return this.args.context.durable ? 2 : 1;
  }

  private run(which: GraphiteProgram, program: HostedProgram): Hosted {
    return this.args.host.run(this.args.transform?.[which]?.(program) ?? program, this);
  }

  private runShards(): Hosted {
    const { archives, load, pruneDays, context } = this.args;
    const { environment } = context;
    return this.run("shards", shardProgram({ environment, archives, shards: load.shards, gib: this.shardGib, pruneDays }));
  }

  private runRelay(shards: Hosted): Hosted {
    const { relayImage: image, context } = this.args;
    const settings = { image, replicas: this.copies, interval: this.interval, environment: context.environment };
    return this.run("relay", shardRelay(settings, shards));
  }

  private runWeb(shards: Hosted): Hosted {
    return this.run("web", frontProgram(this.copies, shards));
  }

  private runStatsd(relay: Hosted): Hosted {
    return this.run("statsd", statsdProgram(this.args.context.environment, relay, this.interval));
  }
}

/** A published port of a program. */
export function endpoint({ address, securityGroupId }: Hosted, port: number): Endpoint {
  return { host: address, port, securityGroupId };
}
