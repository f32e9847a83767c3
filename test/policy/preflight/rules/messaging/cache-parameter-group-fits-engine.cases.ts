import { UNKNOWN } from "../../../../../policy/lib/resource";
import { cacheParameterGroupFitsEngine as rule } from "../../../../../policy/preflight/rules/messaging/cache-parameter-group-fits-engine";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";
import { like } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const group = like(GROUP, { engine: "valkey", engineVersion: "8.0", parameterGroupName: "default.valkey8" });

function own(parameters: Inputs, inputs: Inputs = {}): Given {
  return (stack) =>
    stack.add(GROUP, "orders", {
      engine: "valkey",
      engineVersion: "8.1",
      parameterGroupName: id(stack.add(PARAMETERS, "own", parameters)),
      ...inputs,
    });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of AWS itself": group(),
    "of Redis 6": group({ engine: "redis", engineVersion: "6.2", parameterGroupName: "default.redis6.x" }),
    "of the stack, not made yet": { given: own({ family: "valkey8" }), known: false },
    "with cluster mode for shards": group({ numNodeGroups: 2, parameterGroupName: "default.valkey8.cluster.on" }),
    "of the stack with cluster mode for shards": own(
      { family: "valkey8", parameters: [{ name: "cluster-enabled", value: "yes" }] },
      { numNodeGroups: 2 },
    ),
  },
  fail: {
    "of another engine": { given: group({ parameterGroupName: "default.redis7" }), says: /a group of redis7, and its engine is valkey/ },
    "of an older version, not made yet": {
      given: own({ family: "valkey7" }),
      known: false,
      says: /valkey7, and valkey 8\.1 takes valkey8/,
    },
    "without cluster mode for shards": {
      given: group({ numNodeGroups: 3 }),
      says: /3 shards, and parameterGroupName is a group without cluster mode/,
    },
  },
  absent: {
    "without a group": { given: group({ parameterGroupName: null }), says: "nothing" },
    "without an engine, which is redis": { given: group({ engine: null }), says: /its engine is redis/ },
    "without a version": { given: group({ engineVersion: null }), says: "pass" },
    "with a group from outside": { given: group({ parameterGroupName: "theirs" }), says: "nothing" },
  },
  unknown: {
    "while one of the parameters is not known": own({ family: "valkey8", parameters: [UNKNOWN] }, { numNodeGroups: 2 }),
    "while the group is not known": group({ parameterGroupName: UNKNOWN }),
    "while the version is not known": group({ engineVersion: UNKNOWN }),
    "while the parameters are not known": own({ family: "valkey8", parameters: UNKNOWN }, { numNodeGroups: 2 }),
  },
  mutations: {
    "the cache moves back to Redis and keeps its parameters": (stack) =>
      stack.set(stack.one(GROUP), "parameterGroupName", "default.redis7"),
    "the cache keeps the parameters of the version before": (stack) => stack.set(stack.one(GROUP), "parameterGroupName", "default.valkey7"),
  },
};
