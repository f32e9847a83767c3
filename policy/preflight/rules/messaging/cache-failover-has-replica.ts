import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { number, read, readFlag, type Resource, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { isGlobalMember, isSharded, nodesOfShard } from "../../../lib/stores/cache-shape";
import { REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const FAILOVER = "automaticFailoverEnabled";
const MULTI_AZ = "multiAzEnabled";
const SHARDS = "numNodeGroups";

/** Left out, both switches are off and a group has one node. */
export const cacheFailoverHasReplica = resourceRule({
  id: "cache-failover-has-replica",
  title: "A cache that fails over has a node to fail over to, and one in several zones fails over",
  severity: "high",
  why: "ElastiCache refuses failover with one node, several zones without failover, and several shards without failover.",
  fix: `Set numCacheClusters to 2 or more (replicasPerNodeGroup to 1 or more) and ${FAILOVER} to true, or turn both switches off.`,
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html"],
  frameworks: [],
  types: [REPLICATION_GROUP],
  check: (group) => (isGlobalMember(group) ? [] : [refused(group, findings(group))]),
});

function findings(group: Resource): Finding[] {
  const [failover, multiAz] = [readFlag(group, FAILOVER, false), readFlag(group, MULTI_AZ, false)];
  return [...apart(failover, multiAz), ...ofShards(group, failover), ...ofNodes(group, failover, multiAz)];
}

function apart(failover: boolean | undefined, multiAz: boolean | undefined): Finding[] {
  if (multiAz === false || failover === true) return [];
  if (multiAz === undefined || failover === undefined) return [notKnown(multiAz === undefined ? MULTI_AZ : FAILOVER)];
  return [{ what: `${MULTI_AZ} is on and ${FAILOVER} is off`, property: FAILOVER }];
}

function ofShards(group: Resource, failover: boolean | undefined): Finding[] {
  const shards = read(group, SHARDS);
  if (failover === true || shards.state === "absent") return [];
  const count = number(shards);
  if (count !== undefined && count < 2) return [];
  if (count === undefined || failover === undefined) return [notKnown(count === undefined ? SHARDS : FAILOVER)];
  return [{ what: `it has ${count} shards and ${FAILOVER} is off`, property: FAILOVER }];
}

function ofNodes(group: Resource, failover: Tri, multiAz: Tri): Finding[] {
  const sharded = isSharded(group);
  if (sharded === undefined) return failover === false && multiAz === false ? [] : [notKnown(SHARDS)];
  const property = sharded ? "replicasPerNodeGroup" : "numCacheClusters";
  // With shards a failover may have nothing to fail over to; several zones may not.
  const [on, flag] = sharded ? [multiAz, MULTI_AZ] : [failover === false ? multiAz : failover, FAILOVER];
  const nodes = nodesOfShard(group);
  if (on === false || (nodes !== undefined && nodes > 1)) return [];
  if (nodes === undefined) return read(group, property).state === "unknown" ? [notKnown(property)] : [];
  if (on === undefined) return [notKnown(flag)];
  return [{ what: `it fails over or stands in several zones, and has one node by ${property}`, property }];
}
