import { EBS_LIMITS } from "../../../facts/limits-ebs";
import { type Fault } from "../../faults";
import { type Archive, intervalOf } from "./retention";

// Whisper's file: a header, a line for each archive, and every point of every archive from the first day on (whisper.py, metadataFormat,
// archiveInfoFormat and pointFormat, 1.1; held against files of a real carbon).
const HEADER_BYTES = 16;
const ARCHIVE_BYTES = 12;
const POINT_BYTES = 12;
/** ext4 gives files whole blocks. */
const BLOCK_BYTES = 4_096;
const BYTES_PER_GIB = 1_073_741_824;

/** Share of a volume that is filled at most: ext4 slows down above it, and an alarm needs time to be heard. */
const FILL = 0.8;
/** The fullest shard over the mean: the hash spreads thousands of names to within a few percent. */
const IMBALANCE = 1.1;
/** Points a second that one carbon-cache takes, with half a core left to answer queries (measured: 8,000 took 43 % of a core). */
export const POINTS_PER_SHARD = 8_000;

/** What is expected to be sent. */
export interface MetricsLoad {
  /** Instances, nodes and tasks at once. */
  readonly hosts: number;
  /** Series of each. */
  readonly metricsPerHost: number;
  /** Times the series that live at once: for those to come, and those that are gone and not pruned yet. */
  readonly growth: number;
  /** Fixed number of shards. */
  readonly shards: number;
}

/** Bytes of the file of one series, whatever is in it: Whisper takes all its room when it makes the file. */
export function whisperBytes(archives: readonly Archive[]): number {
  const points = archives.reduce((sum, archive) => sum + archive.points, 0);
  return HEADER_BYTES + ARCHIVE_BYTES * archives.length + POINT_BYTES * points;
}

/** Files of series on the fullest shard, once it has grown as expected. */
export function seriesPerShard({ hosts, metricsPerHost, growth, shards }: MetricsLoad): number {
  return Math.ceil((hosts * metricsPerHost * growth * (shards > 1 ? IMBALANCE : 1)) / shards);
}

/** GiB of the volume of each shard. */
export function shardGib(archives: readonly Archive[], load: MetricsLoad): number {
  const file = Math.ceil(whisperBytes(archives) / BLOCK_BYTES) * BLOCK_BYTES;
  return Math.max(1, Math.ceil((seriesPerShard(load) * file) / FILL / BYTES_PER_GIB));
}

/** Points a second that reach the fullest shard. */
export function pointsPerSecond(archives: readonly Archive[], load: MetricsLoad): number {
  return seriesPerShard({ ...load, growth: 1 }) / intervalOf(archives);
}

/** What one shard cannot hold or take. */
export function loadFaults(key: string, archives: readonly Archive[], load: MetricsLoad): Fault[] {
  const faults: Fault[] = [];
  const gib = shardGib(archives, load);
  const most = EBS_LIMITS.gp3Gib.value;
  if (gib > most)
    faults.push({
      key: `${key}.retention`,
      what: `grows beyond a gp3 volume, which holds ${most} GiB`,
      got: `${gib} GiB a shard for ${load.hosts} hosts of ${load.metricsPerHost} metrics`,
      right: "give more shards, a shorter retention, or less to expect",
    });
  const rate = Math.round(pointsPerSecond(archives, load));
  if (rate > POINTS_PER_SHARD)
    faults.push({
      key: `${key}.shards`,
      what: `is too few: one carbon-cache takes ${POINTS_PER_SHARD} points a second`,
      got: `${rate} points a second on each of ${load.shards}`,
      right: `give at least ${Math.ceil((load.shards * rate) / POINTS_PER_SHARD)}, or a coarser finest archive`,
    });
  return faults;
}
