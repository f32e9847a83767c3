import { storeHasDeletionProtection as rule } from "../../../../../policy/security/rules/stores/store-has-deletion-protection";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const CLUSTER = "aws:rds/cluster:Cluster";

/** A cluster with the option of Pulumi, or without. */
function cluster(inputs: Inputs, protect = true): Given {
  return (stack) => {
    const made = { ...stack.add(CLUSTER, "orders", inputs), protect };
    stack.resources[stack.resources.length - 1] = made;
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "with both protections": cluster({ deletionProtection: true }) },
  fail: {
    "without that of Pulumi": { given: cluster({ deletionProtection: true }, false), says: /it has no resource option protect/ },
    "without that of AWS": { given: cluster({ deletionProtection: false }), says: /deletionProtection is off/ },
  },
  absent: { "of RDS: none": { given: cluster({}), says: /orders can be deleted by a mistake: deletionProtection is off/ } },
  unknown: { "while it is not known": cluster({ deletionProtection: UNKNOWN }) },
  mutations: {
    "the database of orders may be deleted": (stack) => stack.set(stack.one(CLUSTER), "deletionProtection", false),
    "a table is not protected by Pulumi": (stack) => stack.replace(stack.one("aws:dynamodb/table:Table", "payments"), { protect: false }),
  },
};
