import { storeHasFinalSnapshot as rule } from "../../../../../policy/security/rules/stores/store-has-final-snapshot";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const INSTANCE = "aws:rds/instance:Instance";

function instance(inputs: Inputs): Given {
  return (stack) => stack.add(INSTANCE, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with one": instance({ finalSnapshotIdentifier: "orders-final-1" }),
    "with one whose name is not known yet": instance({ finalSnapshotIdentifier: UNKNOWN }),
  },
  fail: {
    "when it is skipped": {
      given: instance({ finalSnapshotIdentifier: "x", skipFinalSnapshot: true }),
      says: /skipFinalSnapshot is on/,
    },
  },
  absent: { "of a name: RDS takes none": { given: instance({}), says: /it names none: finalSnapshotIdentifier is absent/ } },
  unknown: { "while it is not known whether it is skipped": instance({ finalSnapshotIdentifier: "x", skipFinalSnapshot: UNKNOWN }) },
  mutations: {
    "a database skips its final snapshot": (stack) => stack.set(stack.one(INSTANCE, "billing"), "skipFinalSnapshot", true),
  },
};
