import { type Fact } from "./row";

/** Valkey on ElastiCache; IAM authentication needs 7.2. */
export const VALKEY = {
  engine: "valkey",
  version: "8.0",
  major: "8",
  family: "valkey8",
  source: "Amazon ElastiCache user guide, 'Supported engines and versions'",
  date: "2026-11",
} as const;

const NODES = { source: "Amazon ElastiCache user guide, 'Supported node types'", date: "2026-11" } as const;

/** A type of cache node. */
export interface CacheNode extends Fact {
  readonly type: string;
  /** True when it is burstable: fine to try things, not to keep a promise. */
  readonly burstable: boolean;
  /** GiB of memory, before the quarter that ElastiCache recommends to reserve. */
  readonly memory: number;
}

/** Graviton nodes. */
export const CACHE_NODES: readonly CacheNode[] = [
  { type: "cache.t4g.micro", burstable: true, memory: 0.5, ...NODES },
  { type: "cache.t4g.small", burstable: true, memory: 1.37, ...NODES },
  { type: "cache.t4g.medium", burstable: true, memory: 3.09, ...NODES },
  { type: "cache.m7g.large", burstable: false, memory: 6.38, ...NODES },
  { type: "cache.m7g.xlarge", burstable: false, memory: 12.93, ...NODES },
  { type: "cache.r7g.large", burstable: false, memory: 13.07, ...NODES },
  { type: "cache.r7g.xlarge", burstable: false, memory: 26.32, ...NODES },
  { type: "cache.r7g.2xlarge", burstable: false, memory: 52.82, ...NODES },
];

/** What ElastiCache allows. */
export const ELASTICACHE_LIMITS = {
  /** Characters of the id of a replication group, a serverless cache or a user. */
  id: { value: 40, source: "Amazon ElastiCache API reference, CreateReplicationGroup and CreateUser", date: "2026-11" },
  /** Nodes of a group with one shard: a primary and five replicas. */
  nodes: { value: 6, source: "Amazon ElastiCache user guide, 'Quotas for ElastiCache'", date: "2026-11" },
  serverlessGb: { least: 1, most: 5_000, source: "Amazon ElastiCache API reference, DataStorage", date: "2026-11" },
  serverlessEcpu: { least: 1_000, most: 15_000_000, source: "Amazon ElastiCache API reference, ECPUPerSecond", date: "2026-11" },
} as const;

const API = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference";

/** Ids of caches, users and user groups: letters, digits and single hyphens, a letter first and no hyphen last. */
export const CACHE_ID = {
  pattern: /^[A-Za-z](?:-?[A-Za-z0-9])*$/,
  source: `${API}/API_CreateReplicationGroup.html`,
  date: "2026-11",
} as const;

/** Replicas of one shard, and shards of a group that splits its keys; the latter can be raised. */
export const CACHE_SHARDS = { replicas: 5, shards: 500, source: `${API}/API_CreateReplicationGroup.html`, date: "2026-11" } as const;

/** Families that can neither fail over nor take a backup. */
export const CACHE_WITHOUT_FAILOVER = {
  families: /^cache\.(t1|m1)\./,
  source: `${API}/API_CreateReplicationGroup.html`,
  date: "2026-11",
} as const;

/** The only family that keeps part of its data on disk, and always does. */
export const CACHE_TIERED = {
  family: /^cache\.r6gd\./,
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html",
  date: "2026-11",
} as const;

/** Characters of an AUTH token. */
export const CACHE_TOKEN = {
  least: 16,
  most: 128,
  pattern: /^[A-Za-z0-9!&#$^<>-]+$/,
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
  date: "2026-11",
} as const;

/** Parameter group families of the versions of each engine, by what the version begins with. */
export const CACHE_FAMILIES = {
  engines: {
    valkey: { "7": "valkey7", "8": "valkey8", "9": "valkey9" },
    redis: { "7": "redis7", "6": "redis6.x", "5": "redis5.0", "4": "redis4.0", "3.2": "redis3.2", "2.8": "redis2.8" },
    memcached: { "1.6": "memcached1.6", "1.5": "memcached1.5", "1.4": "memcached1.4" },
  } satisfies Readonly<Record<string, Readonly<Record<string, string>>>>,
  source: `${API}/API_CreateCacheParameterGroup.html`,
  date: "2026-11",
} as const;
