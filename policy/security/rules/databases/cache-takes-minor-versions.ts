import { ifAsked } from "../../../lib/asked";
import { notKnown, unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { read, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { CACHE_CLUSTER, isOriginal, MEMORYDB_CLUSTER, REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const PROPERTY = "autoMinorVersionUpgrade";

/** Absent is on. Memcached has no such upgrades, and serverless caches have no others. */
export const cacheTakesMinorVersions = resourceRule({
  id: "cache-takes-minor-versions",
  title: "Every cache takes minor versions by itself",
  severity: "medium",
  why: "Minor versions close known holes, such as those by which a script runs code on the server; a cache that waits for a person stays open.",
  fix: "Leave autoMinorVersionUpgrade on, and choose a maintenanceWindow that suits.",
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.html"],
  frameworks: [
    { name: "FSBP", id: "ElastiCache.2" },
    { name: "Checkov", id: "CKV_AWS_322" },
  ],
  types: [REPLICATION_GROUP, CACHE_CLUSTER, MEMORYDB_CLUSTER],
  check: (cache) => {
    const engine = read(cache, "engine");
    if (!isOriginal(cache) || text(engine) === "memcached") return [];
    const off = unlessOn(cache, PROPERTY, true, `${PROPERTY} is off`);
    const asked = engine.state === "unknown" ? undefined : true;
    return [judge(cache, `${cache.name} stays on its minor version`, ifAsked(asked, off, notKnown("engine")))];
  },
});
