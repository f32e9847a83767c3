import { CACHE_ID, ELASTICACHE_LIMITS } from "../../../../facts/elasticache";
import type { Finding } from "../../../lib/finding";
import type { Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { unlessLike } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { CACHE_CLUSTER, REPLICATION_GROUP, SERVERLESS_CACHE } from "../../../lib/stores/store-rule";

const MOST = ELASTICACHE_LIMITS.id.value;

/** Where a type has its id, and how long it may be: a cluster's is the one that is longer. */
const IDS: Readonly<Record<string, { readonly property: string; readonly most: number }>> = {
  [REPLICATION_GROUP]: { property: "replicationGroupId", most: MOST },
  [SERVERLESS_CACHE]: { property: "name", most: MOST },
  [CACHE_CLUSTER]: { property: "clusterId", most: 50 },
  "aws:elasticache/user:User": { property: "userId", most: MOST },
  "aws:elasticache/userGroup:UserGroup": { property: "userGroupId", most: MOST },
};

/** Left out, the id is made from the resource's name. */
export const cacheIdIsValid = resourceRule({
  id: "cache-id-is-valid",
  title: "The id of every cache, and of its users, is one that ElastiCache accepts",
  severity: "medium",
  why: "ElastiCache takes up to 40 characters, fewer than other stores, and refuses a longer id when the cache is made.",
  fix: "Use letters, digits and single hyphens, a letter first and no hyphen last, up to 40 characters.",
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html"],
  frameworks: [],
  types: Object.keys(IDS),
  check: (cache) => [refused(cache, findings(cache))],
});

function findings(cache: Resource): Finding[] {
  const id = IDS[cache.type];
  if (id === undefined) return [];
  const wanted = `up to ${id.most} letters, digits and single hyphens, a letter first and no hyphen last`;
  return unlessLike(cache, id.property, (value) => value.length <= id.most && CACHE_ID.pattern.test(value), wanted);
}
