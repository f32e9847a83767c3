import { databaseTakesIamTokens as rule } from "../../../../../policy/security/rules/databases/database-takes-iam-tokens";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const FLAG = "iamDatabaseAuthenticationEnabled";

export const cases: RuleCases = {
  rule,
  pass: {
    "with it on": given(INSTANCE, { engine: "postgres", [FLAG]: true }),
    "with it on as text": given(CLUSTER, { engine: "aurora-mysql", [FLAG]: "true" }),
    "Neptune with it on": given("aws:neptune/cluster:Cluster", { [FLAG]: true }),
    "with it on, of an engine that is not known": given(INSTANCE, { engine: UNKNOWN, [FLAG]: true }),
  },
  fail: {
    "with it off": { given: given(INSTANCE, { engine: "mysql", [FLAG]: false }), says: /orders takes no tokens of IAM/ },
    "a copy of an engine that has it": {
      given: (stack) => stack.add(INSTANCE, "copy", { replicateSourceDb: id(stack.add(INSTANCE, "orders", { engine: "postgres" })) }),
      known: false,
      says: /copy takes no tokens/,
    },
  },
  absent: {
    "without the flag, which is off": { given: given(CLUSTER, { engine: "aurora-postgresql" }), says: /is off/ },
    "of an engine that can't": { given: given(INSTANCE, { engine: "oracle-se2" }), says: "nothing" },
  },
  unknown: {
    "while the flag is not known": given(INSTANCE, { engine: "postgres", [FLAG]: UNKNOWN }),
    "while the engine is not known": given(INSTANCE, { engine: UNKNOWN }),
    "restored from a snapshot of some engine": given(INSTANCE, { snapshotIdentifier: "last-week" }),
  },
  mutations: {
    "a database takes passwords only": (stack) => stack.set(stack.one(INSTANCE, "crm"), FLAG, false),
    "Aurora takes passwords only": (stack) => stack.set(stack.one(CLUSTER), FLAG, undefined),
  },
};
