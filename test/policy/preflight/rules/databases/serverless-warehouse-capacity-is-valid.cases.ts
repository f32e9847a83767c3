import { UNKNOWN } from "../../../../../policy/lib/resource";
import { serverlessWarehouseCapacityIsValid as rule } from "../../../../../policy/preflight/rules/databases/serverless-warehouse-capacity-is-valid";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
const workgroup = like(WORKGROUP, { baseCapacity: 8, maxCapacity: 16 });

export const cases: RuleCases = {
  rule,
  pass: {
    "of steps of 8": workgroup(),
    "of 4": workgroup({ baseCapacity: "4", maxCapacity: 8 }),
    "without a maximum": workgroup({ maxCapacity: null }),
  },
  fail: {
    "of 12": { given: workgroup({ baseCapacity: 12 }), says: /baseCapacity is 12; it can be 4, or 8 to 512 in steps of 8/ },
    "of 1024": { given: workgroup({ baseCapacity: 1024 }), says: /baseCapacity is 1024/ },
    "with a maximum of 20": { given: workgroup({ maxCapacity: 20 }), says: /maxCapacity is 20, which is no multiple of 8/ },
    "with a maximum below the base": { given: workgroup({ baseCapacity: 32 }), says: /maxCapacity 16 is below baseCapacity 32/ },
  },
  absent: {
    "without any": { given: workgroup({ baseCapacity: null, maxCapacity: null }), says: "pass" },
    "without a base, which is 128": { given: workgroup({ baseCapacity: null }), says: /maxCapacity 16 is below baseCapacity 128/ },
  },
  unknown: {
    "while the base is not known": workgroup({ baseCapacity: UNKNOWN }),
    "while the maximum is not known": workgroup({ maxCapacity: UNKNOWN }),
  },
  mutations: {
    "the base is no step": (stack) => stack.set(stack.one(WORKGROUP), "baseCapacity", 12),
    "the base passes the maximum": (stack) => stack.set(stack.one(WORKGROUP), "baseCapacity", 64),
  },
};
