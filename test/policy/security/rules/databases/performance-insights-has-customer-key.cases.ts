import { performanceInsightsHasCustomerKey as rule } from "../../../../../policy/security/rules/databases/performance-insights-has-customer-key";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { arn, id } from "../../../stack";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const FLAG = "performanceInsightsEnabled";
const KEY = "performanceInsightsKmsKeyId";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key of the stack that is not made yet": {
      given: (stack) => stack.add(INSTANCE, "orders", { [FLAG]: true, [KEY]: arn(stack.add("aws:kms/key:Key", "data")) }),
      known: false,
    },
    "with a key from outside": given(INSTANCE, { [FLAG]: true, [KEY]: "arn:aws:kms:us-east-1:1:key/a" }),
    "an instance whose cluster names the key": (stack) =>
      stack.add(MEMBER, "orders-1", {
        [FLAG]: true,
        clusterIdentifier: id(stack.add(CLUSTER, "orders", { [KEY]: "arn:aws:kms:us-east-1:1:key/a" })),
      }),
  },
  fail: {
    "with the key of RDS": {
      given: given(INSTANCE, { [FLAG]: true, [KEY]: "alias/aws/rds" }),
      says: /orders keeps its performance insights under a key of AWS/,
    },
  },
  absent: {
    "without a key, which is the one of RDS": { given: given(MEMBER, { [FLAG]: true }), says: /names no customer key/ },
    "without insights": { given: given(INSTANCE), says: "nothing" },
  },
  unknown: {
    "while the key is not known": given(INSTANCE, { [FLAG]: true, [KEY]: UNKNOWN }),
    "while nobody can say whether there are insights": given(INSTANCE, { [FLAG]: UNKNOWN }),
  },
  mutations: {
    "a database keeps its insights under the key of RDS": (stack) => stack.set(stack.one(INSTANCE, "partners"), KEY, undefined),
    "a writer of Aurora does": (stack) => stack.set(stack.one(MEMBER, "writer"), KEY, "alias/aws/rds"),
  },
};
