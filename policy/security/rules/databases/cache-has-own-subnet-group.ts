import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { CACHE_CLUSTER, isOriginal, MEMORYDB_CLUSTER, REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const PROPERTY = "subnetGroupName";

/** Where nobody names a group, AWS takes one of all subnets of the default VPC. */
export const cacheHasOwnSubnetGroup = resourceRule({
  id: "cache-has-own-subnet-group",
  title: "Every cache stands in subnets that somebody chose for it",
  severity: "high",
  why: "The default group has every subnet of the default VPC, which are public, and whatever else an account puts there is the cache's neighbour.",
  fix: "Make a SubnetGroup of isolated subnets and name it as subnetGroupName.",
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html"],
  frameworks: [
    { name: "FSBP", id: "ElastiCache.7" },
    { name: "Checkov", id: "CKV_AWS_323" },
  ],
  types: [REPLICATION_GROUP, CACHE_CLUSTER, MEMORYDB_CLUSTER],
  check: (cache) =>
    isOriginal(cache)
      ? [
          judge(
            cache,
            `${cache.name} stands in the default subnets`,
            unless(cache, PROPERTY, { accepts: (name) => name !== "default", absent: "wrong", what: `${PROPERTY} names no other group` }),
          ),
        ]
      : [],
});
