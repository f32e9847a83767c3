import { notKnown, unless } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { elements, isSecret, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import {
  CACHE_CLUSTER,
  isOriginal,
  isSecondaryCache,
  MEMORYDB_CLUSTER,
  REPLICATION_GROUP,
  SERVERLESS_CACHE,
} from "../../../lib/stores/store-rule";

/** Memcached can't ask. */
export const cacheAsksWhoConnects = resourceRule({
  id: "cache-asks-who-connects",
  title: "Every cache asks who connects",
  severity: "high",
  why: "Whoever gets onto the network reads and empties a cache that asks nobody; nothing tells one service's keys from another's.",
  fix: "Give userGroupIds (userGroupId of a serverless cache, aclName of MemoryDB) a group whose default user is off, or set authToken.",
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html"],
  frameworks: [
    { name: "FSBP", id: "ElastiCache.6" },
    { name: "Checkov", id: "CKV_AWS_31" },
    { name: "AwsSolutions", id: "AEC6" },
  ],
  types: [REPLICATION_GROUP, CACHE_CLUSTER, SERVERLESS_CACHE, MEMORYDB_CLUSTER],
  check: (cache) => {
    if (!isOriginal(cache) || isSecondaryCache(cache) || text(read(cache, "engine")) === "memcached") return [];
    return [judge(cache, `${cache.name} lets everybody in`, findings(cache))];
  },
});

function findings(cache: Resource): Finding[] {
  if (cache.type === MEMORYDB_CLUSTER)
    return unless(cache, "aclName", { accepts: (acl) => acl !== "open-access", absent: "wrong", what: "aclName is open-access" });
  const engine = read(cache, "engine");
  const group = cache.type === SERVERLESS_CACHE ? "userGroupId" : "userGroupIds";
  // A token is a secret, so all that shows of it is that it is there.
  const given = [read(cache, "authToken"), read(cache, "authTokenWo"), ...elements(read(cache, group))];
  if (given.some((reading) => reading.state === "known" || isSecret(reading))) return [];
  if (given.some(({ state }) => state === "unknown")) return holdsUnknown(cache, group);
  if (engine.state === "unknown") return [notKnown("engine")];
  if (cache.type === CACHE_CLUSTER) return [{ what: "it is a single node, and only a replication group can ask", property: "engine" }];
  return [{ what: `it has neither a user group nor a token: ${group} is empty`, property: group }];
}

/** A group or a token that is not made yet is there all the same; a list of which nothing is known may be empty. */
function holdsUnknown(cache: Resource, group: string): Finding[] {
  return group === "userGroupIds" && read(cache, group).state === "unknown" ? [notKnown(group)] : [];
}
