import { UNKNOWN } from "../../../../../policy/lib/resource";
import { cacheIdIsValid as rule } from "../../../../../policy/preflight/rules/messaging/cache-id-is-valid";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const USER = "aws:elasticache/user:User";
const group = like(GROUP, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "with 40 characters": group({ replicationGroupId: "a".repeat(40) }),
    "of a cluster with 50": like("aws:elasticache/cluster:Cluster", { clusterId: "a".repeat(50) })(),
  },
  fail: {
    "with 41 characters": { given: group({ replicationGroupId: "a".repeat(41) }), says: /up to 40/ },
    "with an underscore": { given: group({ replicationGroupId: "orders_cache" }), says: /replicationGroupId is "orders_cache"/ },
    "of a user with a dot": { given: like(USER, { userId: "orders.chat" })(), says: /userId is "orders\.chat"/ },
    "of a serverless cache with a hyphen last": {
      given: like("aws:elasticache/serverlessCache:ServerlessCache", { name: "orders-" })(),
      says: /no hyphen last/,
    },
  },
  absent: { "without one, which is made up": { given: group(), says: "pass" } },
  unknown: { "while it is not known": group({ replicationGroupId: UNKNOWN }) },
  mutations: {
    "a user of the cache has a longer id than is taken": (stack) =>
      stack.set(stack.one(USER, "default"), "userId", "prod-cache-default-user-that-may-do-nothing"),
  },
};
