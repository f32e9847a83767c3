import { number, read, type Resource, some, type Tri } from "../resource";
import { isSet } from "../settings/amounts";

/** Whether a group splits its keys over shards, or says that it may; undefined while only what is not known could say so. */
export function isSharded(group: Resource): Tri {
  const states = ["numNodeGroups", "nodeGroupConfigurations", "replicasPerNodeGroup"].map((property) => read(group, property).state);
  return some(states.map((state) => (state === "unknown" ? undefined : state === "known")));
}

/** Nodes of each shard, the primary among them; undefined where that is not known or left to AWS. */
export function nodesOfShard(group: Resource): number | undefined {
  const sharded = isSharded(group);
  if (sharded === undefined) return undefined;
  if (sharded) {
    const replicas = number(read(group, "replicasPerNodeGroup"));
    return replicas === undefined ? undefined : replicas + 1;
  }
  const nodes = read(group, "numCacheClusters");
  return nodes.state === "absent" ? 1 : number(nodes);
}

/** True for a member of a global group: its engine, its type of node and its shards are those of the first. */
export function isGlobalMember(group: Resource): boolean {
  return isSet(group, "globalReplicationGroupId");
}
