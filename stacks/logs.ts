import type * as pulumi from "@pulumi/pulumi";
import { type Network } from "../components/network/network";
import { type LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { type VisibilityHost } from "../components/visibility/host/host";
import { LogBucket } from "../components/visibility/log-bucket";
import { LogArrivals } from "../components/visibility/logs/log-arrivals";
import { LogPoller, type PolledStore } from "../components/visibility/logs/log-poller";
import { LogShipper } from "../components/visibility/logs/log-shipper";
import { type LogStore } from "../components/visibility/logs/log-store";
import { LogSubscription } from "../components/visibility/logs/log-subscription";
import { Loki } from "../components/visibility/logs/loki";
import { OpenSearch } from "../components/visibility/logs/open-search";
import { ARCHIVE_PREFIXES } from "../components/visibility/logs/prefixes";
import { ServiceLogs } from "../components/visibility/service-logs";
import { type EnvironmentConfig } from "./environment";

/** What the logs of an environment are gathered with. */
export interface LogsArgs {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  /** Key of what is kept. */
  readonly key: LayerKey;
  readonly alarms: AlarmTopics;
  readonly parent: pulumi.Resource;
}

const { cloudwatch, undelivered, polled, deadLines, deadFiles } = ARCHIVE_PREFIXES;
/** Years are no use for what nobody replayed, and a month is too short for who is on holiday. */
const DEAD_LETTER_DAYS = 90;

/**
 * Logs of an environment, from wherever they are written to the one place where they are searched. It is there before anything writes log
 * files, so that each bucket of them is watched from its first day; the store comes once there is a network and a host for it; what reads
 * logs inside services comes last, when all services are there.
 */
export class Logs {
  /** What takes log files to the store; undefined where lines are only archived. */
  readonly arrivals: LogArrivals | undefined;

  private readonly archive: LogBucket;
  private readonly shipperLogs: ServiceLogs;
  private readonly pollerLogs: ServiceLogs;
  private accessLogBucket: LogBucket | undefined;

  constructor(private readonly args: LogsArgs) {
    this.archive = this.createArchive();
    this.arrivals = this.createArrivals();
    this.shipperLogs = this.createServiceLogs("log-shipper");
    this.pollerLogs = this.createServiceLogs("log-poller");
    this.createSubscription();
  }

  private get config() {
    return this.args.environment.visibility.logs;
  }

  /** Bucket that S3 writes a line to for every request to a bucket of a service. */
  accessLogs(): pulumi.Output<string> {
    const { context, environment, parent } = this.args;
    this.accessLogBucket ??= new LogBucket(
      "access-logs",
      {
        writer: "logging.s3.amazonaws.com",
        retentionDays: environment.network.flowLogDays,
        durable: context.durable,
        decommissioning: context.decommissioning,
        ...(this.arrivals && { arrivals: this.arrivals }),
      },
      { parent },
    );
    return this.accessLogBucket.id;
  }

  /**
   * Makes the store, and what takes lines to it; undefined where lines are only archived.
   * @param host of Loki; asked only when that is the store.
   */
  createStore(network: Network, host: () => VisibilityHost): LogStore | undefined {
    const { context, environment, key, alarms, parent } = this.args;
    const { store: config, shippers } = this.config;
    if (config.kind === "none" || !this.arrivals) return undefined;
    const store =
      config.kind === "loki"
        ? new Loki("loki", { context, host: host(), network, keyArn: key.arn, searchDays: config.searchDays, size: config }, { parent })
        : new OpenSearch(
            "opensearch",
            {
              context,
              network,
              keyArn: key.arn,
              logs: { retentionDays: environment.visibility.logDays, keyArn: key.arn },
              senderRoleArn: this.arrivals.shipperRole.arn,
              size: config,
            },
            { parent },
          );
    new LogShipper(
      "log-shipper",
      {
        context,
        network,
        arrivals: this.arrivals,
        store,
        searchDays: config.searchDays,
        archive: this.archive,
        keyArn: key.arn,
        logs: this.shipperLogs,
        concurrency: shippers,
        alarmTopicArn: alarms.arn,
      },
      { parent },
    );
    return store;
  }

  /** Reads what these stores keep inside, once all services are there. */
  poll(stores: readonly PolledStore[]): void {
    const { context, key, alarms, parent } = this.args;
    if (stores.length === 0) return;
    new LogPoller(
      "log-poller",
      {
        context,
        stores,
        archive: this.archive,
        keyArn: key.arn,
        logs: this.pollerLogs,
        every: this.config.pollEvery,
        alarmTopicArn: alarms.arn,
      },
      { parent },
    );
  }

  private createArchive(): LogBucket {
    const { context, key, parent } = this.args;
    const { archiveDays } = this.config;
    const lines = { [cloudwatch]: archiveDays, [undelivered]: archiveDays, [polled]: archiveDays };
    const dead = Math.max(archiveDays, DEAD_LETTER_DAYS);
    return new LogBucket(
      "log-archive",
      {
        keyArn: key.arn,
        retentionDays: { ...lines, [deadLines]: dead, [deadFiles]: dead },
        durable: context.durable,
        decommissioning: context.decommissioning,
      },
      { parent },
    );
  }

  private createArrivals(): LogArrivals | undefined {
    const { context, key, alarms, parent } = this.args;
    if (this.config.store.kind === "none") return undefined;
    const arrivals = new LogArrivals("log-arrivals", { context, deadLetterBucket: this.archive.id, alarmTopicArn: alarms.arn }, { parent });
    arrivals.watch("log-archive", this.archive, { prefixes: [cloudwatch, polled], keyArn: key.arn, parent });
    return arrivals;
  }

  private createServiceLogs(name: string): ServiceLogs {
    const { context, environment, key, parent } = this.args;
    return new ServiceLogs(name, { context, retentionDays: environment.visibility.logDays, keyArn: key.arn }, { parent });
  }

  private createSubscription(): void {
    const { context, key, alarms, parent } = this.args;
    new LogSubscription(
      "log-subscription",
      {
        context,
        archive: this.archive,
        keyArn: key.arn,
        scope: this.config.subscription,
        excludedGroups: [this.shipperLogs.name, this.pollerLogs.name],
        alarmTopicArn: alarms.arn,
      },
      { parent },
    );
  }
}
