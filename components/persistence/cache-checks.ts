import { createHash } from "node:crypto";
import { CACHE_NODES, ELASTICACHE_LIMITS } from "../../facts/elasticache";
import { type Fault } from "../faults";

/** Nodes that are always there: a primary and its replicas. */
export interface CacheNodes {
  readonly kind: "nodes";
  /** Such as `cache.m7g.large`. */
  readonly nodeType: string;
  /** The primary and its replicas, 1 to 6; from 2 on they stand in several zones and one takes over from another. */
  readonly nodes: number;
  /** Days that daily snapshots are kept; 0 takes none, which is usual for running state. */
  readonly snapshotDays: number;
}

/** ElastiCache Serverless: always in several zones, charged for what is in it. */
export interface ServerlessCacheCapacity {
  readonly kind: "serverless";
  /** Most GB, 1 to 5,000; past it the least recently used keys that expire are dropped. */
  readonly maximumGb: number;
  /** Most processing units a second, 1,000 to 15,000,000. */
  readonly maximumEcpu: number;
}

export type CacheCapacity = CacheNodes | ServerlessCacheCapacity;

/** What decides whether ElastiCache takes a cache. */
export interface CacheShape {
  readonly name: string;
  readonly durable: boolean;
  readonly capacity: CacheCapacity;
}

/** Pulumi ends physical names with a hyphen and seven digits. */
const NAME_ROOM = 8;
const HASH_LENGTH = 8;

/**
 * An id that ElastiCache takes: small letters, digits and single hyphens, at most 40. The same parts always give the same id; it ends in a hash
 * of them where it would be too long, or where a hyphen could be part of a name as well as between two.
 */
export function cacheId(...parts: readonly string[]): string {
  const most = ELASTICACHE_LIMITS.id.value;
  const whole = spelled(parts.join("-"));
  if (whole.length <= most && parts.every((part) => /^[a-z0-9]+$/.test(part))) return whole;
  const hash = createHash("sha256").update(parts.join("/")).digest("hex").slice(0, HASH_LENGTH);
  return `${spelled(whole.slice(0, most - HASH_LENGTH - 1))}-${hash}`;
}

function spelled(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
}

/** What ElastiCache would refuse, or take and regret. */
export function cacheFaults(key: string, { name, durable, capacity }: CacheShape): Fault[] {
  const longest = ELASTICACHE_LIMITS.id.value - NAME_ROOM;
  const faults: Fault[] =
    name.length > longest
      ? [{ key, what: "has an identifier that is too long", got: name, right: `give at most ${longest} characters` }]
      : [];
  return [...faults, ...(capacity.kind === "serverless" ? serverlessFaults(key, capacity) : nodeFaults(key, durable, capacity))];
}

function nodeFaults(key: string, durable: boolean, { nodeType, nodes }: CacheNodes): Fault[] {
  const size = CACHE_NODES.find(({ type }) => type === nodeType);
  const most = ELASTICACHE_LIMITS.nodes.value;
  const faults: Fault[] = [];
  if (!size)
    faults.push({
      key: `${key}.nodeType`,
      what: "is a node type that does not exist or is not offered here",
      got: nodeType,
      right: `give one of ${CACHE_NODES.map(({ type }) => type).join(", ")}`,
    });
  if (nodes < 1 || nodes > most) faults.push({ key: `${key}.nodes`, what: "is out of range", got: nodes, right: `give 1 to ${most}` });
  if (durable && nodes === 1)
    faults.push({
      key: `${key}.nodes`,
      what: "is one node where Multi-AZ with failover is wanted",
      got: nodes,
      right: "give at least 2",
    });
  if (durable && size?.burstable)
    faults.push({
      key: `${key}.nodeType`,
      what: "is burstable, which does not fit a durable environment",
      got: nodeType,
      right: "give cache.m7g.large or larger",
    });
  return faults;
}

function serverlessFaults(key: string, { maximumGb, maximumEcpu }: ServerlessCacheCapacity): Fault[] {
  const outside = (property: string, got: number, { least, most }: { readonly least: number; readonly most: number }): Fault[] =>
    got >= least && got <= most ? [] : [{ key: `${key}.${property}`, what: "is out of range", got, right: `give ${least} to ${most}` }];
  return [
    ...outside("maximumGb", maximumGb, ELASTICACHE_LIMITS.serverlessGb),
    ...outside("maximumEcpu", maximumEcpu, ELASTICACHE_LIMITS.serverlessEcpu),
  ];
}
