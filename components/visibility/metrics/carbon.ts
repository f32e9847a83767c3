import { metricPrefix } from "./metric-names";
import { type Archive, archiveText, intervalOf } from "./retention";

/** Ports of carbon-cache: lines in, and what is not on disk yet out to graphite-web. */
export const CARBON_PORTS = { plaintext: 2003, pickle: 2004, query: 7002 } as const;

/** Points that carbon-cache keeps in memory when the disk is slow; at 150 bytes each it then holds back its senders. */
const CACHED_POINTS = 2_000_000;

export interface CarbonFolders {
  /** Where carbon.conf is. */
  readonly configuration: string;
  /** The volume. */
  readonly storage: string;
  /** Where it may write its pid. */
  readonly scratch: string;
}

/**
 * Settings of carbon-cache. Its own limits of 50 new files a minute and 500 updates a second hide a new host for a quarter of an hour; here
 * the disk alone limits it, and a full cache holds back the relay instead of growing without bound.
 */
export function carbonConfiguration({ configuration, storage, scratch }: CarbonFolders, archives: readonly Archive[]): string {
  return `[cache]
STORAGE_DIR = ${storage}
LOCAL_DATA_DIR = ${storage}/whisper
WHITELISTS_DIR = ${storage}/lists
CONF_DIR = ${configuration}
LOG_DIR = ${scratch}/log
PID_DIR = ${scratch}
DATABASE = whisper
USER =
ENABLE_LOGROTATION = False
ENABLE_TAGS = False
MAX_CACHE_SIZE = ${CACHED_POINTS}
USE_FLOW_CONTROL = True
MAX_UPDATES_PER_SECOND = inf
MAX_UPDATES_PER_SECOND_ON_SHUTDOWN = inf
MAX_CREATES_PER_MINUTE = inf
CACHE_WRITE_STRATEGY = timesorted
WHISPER_FALLOCATE_CREATE = True
LINE_RECEIVER_INTERFACE = 0.0.0.0
LINE_RECEIVER_PORT = ${CARBON_PORTS.plaintext}
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = ${CARBON_PORTS.pickle}
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = ${CARBON_PORTS.query}
LOG_UPDATES = False
LOG_CREATES = False
LOG_CACHE_HITS = False
LOG_CACHE_QUEUE_SORTS = False
CARBON_METRIC_INTERVAL = ${intervalOf(archives)}
`;
}

/** One retention for every series, so that the size of a volume is exact; carbon reads it when it makes a file, never again. */
export function storageSchemas(archives: readonly Archive[]): string {
  return `[all]
pattern = .*
retentions = ${archives.map(archiveText).join(",")}
`;
}

/**
 * How fine points become one coarse point. A count of StatsD is added up, an extreme stays one, the rest is averaged. One known point of the
 * fine ones is enough: an instance that lived for a minute is still seen in an archive of ten.
 */
export function storageAggregation(environment: string): string {
  const apps = metricPrefix(environment, "apps").replaceAll(".", String.raw`\.`);
  const rules: readonly (readonly [name: string, pattern: string, method: string])[] = [
    ["counts", String.raw`^${apps}\.(counters|timers)\..*\.(count|sum)(_\d+)?$`, "sum"],
    ["upper", String.raw`^${apps}\.timers\..*\.upper(_\d+)?$`, "max"],
    ["lower", String.raw`^${apps}\.timers\..*\.lower(_\d+)?$`, "min"],
    ["gauges", String.raw`^${apps}\.gauges\.`, "last"],
    ["all", ".*", "average"],
  ];
  return rules
    .map(([name, pattern, method]) => `[${name}]\npattern = ${pattern}\nxFilesFactor = 0\naggregationMethod = ${method}\n`)
    .join("\n");
}
