import { UNKNOWN } from "../../../../../policy/lib/resource";
import { tableCapacityFitsBilling as rule } from "../../../../../policy/preflight/rules/databases/table-capacity-fits-billing";
import { type RuleCases } from "../../../cases";
import { like, TABLE } from "../../given";

const table = like(TABLE, { hashKey: "id" });
const five = { readCapacity: 5, writeCapacity: 5 };

export const cases: RuleCases = {
  rule,
  pass: {
    "on demand": table({ billingMode: "PAY_PER_REQUEST" }),
    "on demand with capacities of 0": table({ billingMode: "PAY_PER_REQUEST", readCapacity: 0, writeCapacity: 0 }),
    "provisioned with capacities": table({ billingMode: "PROVISIONED", ...five, globalSecondaryIndexes: [{ name: "a", ...five }] }),
  },
  fail: {
    "on demand with capacities": { given: table({ billingMode: "PAY_PER_REQUEST", ...five }), says: /on demand and readCapacity is 5/ },
    "provisioned with one capacity": { given: table({ billingMode: "PROVISIONED", readCapacity: 5 }), says: /writeCapacity is absent/ },
    "provisioned with an index without": {
      given: table({ ...five, globalSecondaryIndexes: [{ name: "a" }] }),
      says: /globalSecondaryIndexes\[0\]\.readCapacity is absent/,
    },
    "provisioned with a cap of tables on demand": {
      given: table({ ...five, onDemandThroughput: {} }),
      says: /onDemandThroughput is set on a provisioned/,
    },
    "in a mode that there is not": { given: table({ billingMode: "ON_DEMAND" }), says: /billingMode is "ON_DEMAND"/ },
  },
  absent: { "without a mode, which is provisioned": { given: table(), says: /the table is provisioned and readCapacity is absent/ } },
  unknown: {
    "while nobody knows whether it has a limit of one on demand": table({ ...five, onDemandThroughput: UNKNOWN }),
    "while the mode is not known": table({ billingMode: UNKNOWN }),
    "while a capacity is not known": table({ readCapacity: UNKNOWN, writeCapacity: 5 }),
  },
  mutations: {
    "a table on demand is given capacities": (stack) => stack.set(stack.one(TABLE, "payments"), "readCapacity", 50),
    "the billing mode is misspelt": {
      change: (stack) => stack.set(stack.one(TABLE, "sessions"), "billingMode", "ON_DEMAND"),
      also: ["table-scales-with-demand"],
    },
  },
};
