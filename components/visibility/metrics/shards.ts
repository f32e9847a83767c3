import { type HostedContainer, type HostedProgram } from "../host/host";
import { CARBON_PORTS, carbonConfiguration, storageAggregation, storageSchemas } from "./carbon";
import { shardWeb } from "./graphite-web";
import { CARBON_CACHE, GRAPHITE_IMAGE, GRAPHITE_PYTHON, METRICS_USER } from "./images";
import { pruneCommand } from "./prune";
import { type Archive } from "./retention";

const CONFIGURATION = "/etc/graphite";
const SCRATCH = "/run/graphite";
/** The volume of a shard. */
const STORAGE = "/var/lib/graphite";

/** What shards are made with. */
export interface ShardSettings {
  readonly environment: string;
  readonly archives: readonly Archive[];
  /** Their number. */
  readonly shards: number;
  /** GiB of the volume of each. */
  readonly gib: number;
  readonly pruneDays: number;
}

/**
 * The shards: each has its own volume, a carbon-cache that writes to it, a graphite-web that reads from it and asks carbon for what is not on
 * disk yet, and what removes the series that are gone. A shard that is lost takes its share of the series with it, and no more.
 */
export function shardProgram({ environment, archives, shards, gib, pruneDays }: ShardSettings): HostedProgram {
  const web = shardWeb({ configuration: CONFIGURATION, scratch: SCRATCH }, STORAGE);
  return {
    name: "graphite-shard",
    containers: [carbon(), web.container, prune(pruneDays)],
    replicas: shards,
    user: METRICS_USER,
    files: {
      [`${CONFIGURATION}/carbon.conf`]: carbonConfiguration({ configuration: CONFIGURATION, storage: STORAGE, scratch: SCRATCH }, archives),
      [`${CONFIGURATION}/storage-schemas.conf`]: storageSchemas(archives),
      [`${CONFIGURATION}/storage-aggregation.conf`]: storageAggregation(environment),
      ...web.files,
    },
    storage: { path: STORAGE, gib },
  };
}

function carbon(): HostedContainer {
  return {
    name: "carbon",
    image: GRAPHITE_IMAGE,
    command: [GRAPHITE_PYTHON, CARBON_CACHE, `--config=${CONFIGURATION}/carbon.conf`, "--nodaemon", "start"],
    environment: { PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" },
    ports: [{ name: "plaintext", port: CARBON_PORTS.plaintext, protocol: "tcp" }],
    cpu: 500,
    memoryMib: 1_024,
    health: { kind: "tcp", port: CARBON_PORTS.plaintext },
    scratch: [SCRATCH],
  };
}

function prune(days: number): HostedContainer {
  return { name: "prune", image: GRAPHITE_IMAGE, command: pruneCommand(STORAGE, days), cpu: 20, memoryMib: 64 };
}
