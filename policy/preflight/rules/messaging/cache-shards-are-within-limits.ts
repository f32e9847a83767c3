import { CACHE_SHARDS, ELASTICACHE_LIMITS } from "../../../../facts/elasticache";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, number, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessWithin } from "../../../lib/settings/amounts";
import { unlessLeftOut } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const NODES = "numCacheClusters";
const REPLICAS = "replicasPerNodeGroup";
const SHARDS = "numNodeGroups";
const ZONES = "preferredCacheClusterAzs";

/** Left out, a group has one node and no shards. */
export const cacheShardsAreWithinLimits = resourceRule({
  id: "cache-shards-are-within-limits",
  title: "A cache has no more replicas and shards than ElastiCache takes, and says their number in one way",
  severity: "medium",
  why: "A shard has up to five replicas; ElastiCache refuses more, two ways to count them, and zones that are more or fewer than the nodes.",
  fix: `Set ${NODES} to 1 to 6, or ${SHARDS} with ${REPLICAS} of 0 to 5, and as many ${ZONES} as nodes or none.`,
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"],
  frameworks: [],
  types: [REPLICATION_GROUP],
  check: (group) => [refused(group, findings(group))],
});

function findings(group: Resource): Finding[] {
  const both = `${NODES} is set, and so is ${SHARDS} or ${REPLICAS}`;
  const otherWay = [SHARDS, REPLICAS].flatMap((property) => unlessLeftOut(group, property, both));
  const [twice] = otherWay.filter(({ unknown }) => unknown !== true).concat(otherWay);
  return [
    ...unlessWithin(group, NODES, { least: 1, most: ELASTICACHE_LIMITS.nodes.value }, "nodes"),
    ...unlessWithin(group, REPLICAS, { least: 0, most: CACHE_SHARDS.replicas }, "replicas"),
    ...unlessWithin(group, SHARDS, { least: 1, most: CACHE_SHARDS.shards }, "shards"),
    ...(twice === undefined || read(group, NODES).state !== "known" ? [] : [twice]),
    ...zones(group),
  ];
}

function zones(group: Resource): Finding[] {
  const list = read(group, ZONES);
  if (list.state === "absent" || !isSet(group, NODES)) return [];
  const nodes = number(read(group, NODES));
  if (list.state === "unknown" || nodes === undefined) return [notKnown(ZONES)];
  const named = elements(list).length;
  return named === 0 || named === nodes ? [] : [{ what: `it has ${nodes} nodes and ${named} ${ZONES}`, property: ZONES }];
}
