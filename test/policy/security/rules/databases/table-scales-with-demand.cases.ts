import { tableScalesWithDemand as rule } from "../../../../../policy/security/rules/databases/table-scales-with-demand";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Inputs, Ref, type TestStack } from "../../../stack";
import { type StackResource } from "../../../../../policy/lib/resource";
import { given } from "../given";

const TABLE = "aws:dynamodb/table:Table";
const TARGET = "aws:appautoscaling/target:Target";

/** A table with these dimensions scaled; its target names it as an output of the table. */
function scaled(dimensions: readonly string[], table: Inputs = {}): (stack: TestStack) => StackResource {
  return (stack) => {
    const made = stack.add(TABLE, "orders", table, undefined, { name: "orders-1a2b3c" });
    for (const dimension of dimensions)
      stack.add(TARGET, dimension, {
        serviceNamespace: "dynamodb",
        scalableDimension: `dynamodb:table:${dimension}`,
        resourceId: stack.known ? "table/orders-1a2b3c" : new Ref(made, "name"),
      });
    return made;
  };
}

const BOTH = ["ReadCapacityUnits", "WriteCapacityUnits"];

export const cases: RuleCases = {
  rule,
  pass: {
    "paid by request": given(TABLE, { billingMode: "PAY_PER_REQUEST" }),
    "provisioned with both dimensions scaled": scaled(BOTH, { billingMode: "PROVISIONED" }),
    "provisioned with both dimensions scaled, before it is made": { given: scaled(BOTH), known: false },
  },
  fail: {
    "with one dimension scaled": { given: scaled(["ReadCapacityUnits"]), says: /nothing scales its WriteCapacityUnits/ },
    "while another table is scaled": {
      given: (stack) => {
        scaled(BOTH)(stack);
        return stack.add(TABLE, "payments");
      },
      says: /payments has a fixed capacity/,
    },
  },
  absent: {
    "without a mode, which is provisioned": { given: given(TABLE), says: /nothing scales its ReadCapacityUnits and WriteCapacityUnits/ },
  },
  unknown: {
    "while the mode is not known": given(TABLE, { billingMode: UNKNOWN }),
    "while nobody can say what a target scales": (stack) => {
      stack.add(TARGET, "some", { serviceNamespace: "dynamodb", resourceId: UNKNOWN });
      return stack.add(TABLE, "orders");
    },
    "while a target's dimension is not known": (stack) => {
      stack.add(TARGET, "some", { serviceNamespace: "dynamodb", resourceId: "table/orders", scalableDimension: UNKNOWN });
      return stack.add(TABLE, "orders", { name: "orders" });
    },
  },
  mutations: {
    "a table is given a fixed capacity": (stack) => {
      const fixed = { billingMode: "PROVISIONED", readCapacity: 5, writeCapacity: 5, onDemandThroughput: undefined };
      for (const [property, value] of Object.entries(fixed)) stack.set(stack.one(TABLE, "payments"), property, value);
    },
  },
};
