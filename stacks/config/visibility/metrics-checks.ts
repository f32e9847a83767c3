import { type Fault } from "../../../components/faults";
import { intervalOf, readRetention } from "../../../components/visibility/metrics/retention";
import { loadFaults } from "../../../components/visibility/metrics/whisper-size";
import { DURABLE_SHARDS, type MetricsConfig, metricsLoad } from "./metrics";

/** Seconds between two points at most: with fewer points a minute an alarm's worth of load is not seen. */
const LONGEST_INTERVAL = 60;

/**
 * What is wrong with where metrics are kept.
 * @param key where it stands: `Pulumi.dev.yaml: strata:visibility.metrics`.
 */
export function metricsFaults(key: string, metrics: MetricsConfig, durable: boolean): Fault[] {
  const { store, hosted, retention } = metrics;
  if (store === "none") return hosted ? [hostedWithout(key, store)] : [];
  const { archives, faults } = readRetention(`${key}.retention`, retention);
  const intervals =
    faults.length === 0 && intervalOf(archives) > LONGEST_INTERVAL
      ? [
          {
            key: `${key}.retention`,
            what: "begins too coarse",
            got: retention,
            right: `let the finest archive have ${LONGEST_INTERVAL}s or less`,
          },
        ]
      : [];
  if (store === "hosted")
    return [
      ...faults,
      ...intervals,
      ...(hosted
        ? []
        : [{ key: `${key}.hosted`, what: "is missing", right: "give endpoint, renderUrl and keySecretArn of the hosted Graphite" }]),
    ];
  const load = metricsLoad(metrics, durable);
  return [
    ...faults,
    ...intervals,
    ...(faults.length === 0 ? loadFaults(key, archives, load) : []),
    ...(durable && load.shards < DURABLE_SHARDS
      ? [
          {
            key: `${key}.shards`,
            what: "is too few for a durable environment, which loses the share of a shard with it and cannot have more later",
            got: load.shards,
            right: `give at least ${DURABLE_SHARDS}`,
          },
        ]
      : []),
    ...(hosted ? [hostedWithout(key, store)] : []),
  ];
}

function hostedWithout(key: string, store: string): Fault {
  return { key: `${key}.hosted`, what: `is without effect, since the store is ${store}`, right: "take it away, or give `store: hosted`" };
}
