import { databaseCopiesTagsToSnapshots as rule } from "../../../../../policy/security/rules/databases/database-copies-tags-to-snapshots";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const FLAG = "copyTagsToSnapshot";

export const cases: RuleCases = {
  rule,
  pass: {
    "with it on": given(INSTANCE, { [FLAG]: true }),
    "a cluster of Neptune with it on": given("aws:neptune/cluster:Cluster", { [FLAG]: true }),
  },
  fail: { "with it off": { given: given(CLUSTER, { [FLAG]: false }), says: /orders takes snapshots without tags/ } },
  absent: { "without the flag, which is off": { given: given(INSTANCE), says: /copyTagsToSnapshot is off/ } },
  unknown: { "while the flag is not known": given(INSTANCE, { [FLAG]: UNKNOWN }) },
  mutations: {
    "a database takes snapshots without tags": (stack) => stack.set(stack.one(INSTANCE, "crm"), FLAG, undefined),
    "Aurora takes snapshots without tags": (stack) => stack.set(stack.one(CLUSTER), FLAG, false),
  },
};
