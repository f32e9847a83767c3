import { UNKNOWN } from "../../../../../policy/lib/resource";
import { storageAutoscalingLeavesRoom as rule } from "../../../../../policy/preflight/rules/databases/storage-autoscaling-leaves-room";
import { type RuleCases } from "../../../cases";
import { GOOD_INSTANCE, INSTANCE, like } from "../../given";

const instance = like(INSTANCE, GOOD_INSTANCE);

export const cases: RuleCases = {
  rule,
  pass: {
    "with room": instance({ maxAllocatedStorage: 1000 }),
    "with just a tenth": instance({ maxAllocatedStorage: "110" }),
    "of 0, which turns it off": instance({ maxAllocatedStorage: 0 }),
    "of a replica": instance({ allocatedStorage: null, maxAllocatedStorage: 50 }),
  },
  fail: {
    "without room": {
      given: instance({ maxAllocatedStorage: 100 }),
      says: /maxAllocatedStorage is 100 GiB on 100 GiB, and 110 are needed/,
    },
    "with too little": { given: instance({ maxAllocatedStorage: 109 }), says: /109 GiB/ },
  },
  absent: { "without a maximum: storage does not grow": { given: instance(), says: "nothing" } },
  unknown: {
    "while the maximum is not known": instance({ maxAllocatedStorage: UNKNOWN }),
    "while the size is not known": instance({ allocatedStorage: UNKNOWN, maxAllocatedStorage: 100 }),
  },
  mutations: {
    "storage was raised to its maximum": (stack) => stack.set(stack.one(INSTANCE, "partners"), "allocatedStorage", 1000),
  },
};
