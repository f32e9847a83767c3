import { unless, unlessOn } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { CACHE_CLUSTER, isOriginal, isSecondaryCache, MEMORYDB_CLUSTER, REPLICATION_GROUP } from "../../../lib/stores/store-rule";

/** Serverless caches speak nothing but TLS. */
export const cacheRequiresTls = resourceRule({
  id: "cache-requires-tls",
  title: "Every cache speaks TLS and nothing else",
  severity: "high",
  why: "Sessions, tokens and the cache's own password cross the network in the clear, and in the mode preferred still do for every client that doesn't ask.",
  fix: "Set transitEncryptionEnabled to true and leave transitEncryptionMode at required (tlsEnabled of MemoryDB).",
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"],
  frameworks: [
    { name: "FSBP", id: "ElastiCache.5" },
    { name: "Checkov", id: "CKV_AWS_30" },
    { name: "Checkov", id: "CKV_AWS_202" },
  ],
  types: [REPLICATION_GROUP, CACHE_CLUSTER, MEMORYDB_CLUSTER],
  check: (cache) =>
    isOriginal(cache) && !isSecondaryCache(cache) ? [judge(cache, `${cache.name} takes connections in the clear`, findings(cache))] : [],
});

function findings(cache: Resource): Finding[] {
  if (cache.type === MEMORYDB_CLUSTER) return unlessOn(cache, "tlsEnabled", true, "tlsEnabled is off");
  const isMemcached = text(read(cache, "engine")) === "memcached";
  if (cache.type === CACHE_CLUSTER && !isMemcached) return unlessMemcached(cache);
  const off = unlessOn(cache, "transitEncryptionEnabled", false, "transitEncryptionEnabled is off");
  if (off.length > 0) return off;
  // Absent, it is required.
  return unless(cache, "transitEncryptionMode", {
    accepts: (mode) => mode !== "preferred",
    absent: "fine",
    what: "transitEncryptionMode is preferred",
  });
}

function unlessMemcached(cache: Resource): Finding[] {
  return unless(cache, "engine", {
    accepts: (engine) => engine === "memcached",
    absent: "wrong",
    what: "it is a single node, and only a replication group can",
  });
}
