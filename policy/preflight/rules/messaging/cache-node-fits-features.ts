import { CACHE_TIERED, CACHE_WITHOUT_FAILOVER } from "../../../../facts/elasticache";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { number, read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { isGlobalMember } from "../../../lib/stores/cache-shape";
import { CACHE_CLUSTER, REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const TYPE = "nodeType";
const TIERING = "dataTieringEnabled";
const SNAPSHOTS = "snapshotRetentionLimit";

/** What comes with other resources, such as a member of a group, is not asked. */
export const cacheNodeFitsFeatures = resourceRule({
  id: "cache-node-fits-features",
  title: "The nodes of every cache have what it asks of them",
  severity: "high",
  why: "Only r6gd nodes keep part of their data on disk, and always do; the oldest families neither fail over nor take backups. ElastiCache refuses the rest.",
  fix: `Set ${TYPE} to a current family such as cache.t4g, cache.m7g or cache.r7g, and ${TIERING} to true with cache.r6gd and with nothing else.`,
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html"],
  frameworks: [],
  types: [REPLICATION_GROUP, CACHE_CLUSTER],
  check: (cache) =>
    isGlobalMember(cache) || (isSet(cache, "replicationGroupId") && cache.type === CACHE_CLUSTER) ? [] : [refused(cache, findings(cache))],
});

function findings(cache: Resource): Finding[] {
  const reading = read(cache, TYPE);
  if (reading.state === "absent") return [{ what: `${TYPE} is absent`, property: TYPE }];
  const type = text(reading);
  if (type === undefined) return [notKnown(TYPE)];
  if (!type.startsWith("cache.")) return [{ what: `${TYPE} is "${type}", which is no type of a cache`, property: TYPE }];
  return [...tiering(cache, type), ...old(cache, type)];
}

function tiering(cache: Resource, type: string): Finding[] {
  if (cache.type !== REPLICATION_GROUP) return [];
  const on = readFlag(cache, TIERING, false);
  if (on === undefined) return [notKnown(TIERING)];
  if (on === CACHE_TIERED.family.test(type)) return [];
  return [{ what: `${TIERING} is ${on ? "on" : "off"} with ${type}`, property: TIERING }];
}

function old(cache: Resource, type: string): Finding[] {
  if (!CACHE_WITHOUT_FAILOVER.families.test(type)) return [];
  const failover = readFlag(cache, "automaticFailoverEnabled", false);
  const kept = isSet(cache, SNAPSHOTS) ? number(read(cache, SNAPSHOTS)) : 0;
  return [
    ...(failover === undefined ? [notKnown("automaticFailoverEnabled")] : []),
    ...(failover === true ? [{ what: `${type} does not fail over`, property: TYPE }] : []),
    ...(kept === undefined ? [notKnown(SNAPSHOTS)] : []),
    ...(kept !== undefined && kept > 0 ? [{ what: `${type} takes no backups, and ${SNAPSHOTS} is ${kept}`, property: SNAPSHOTS }] : []),
  ];
}
