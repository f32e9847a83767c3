import { functionVariablesHaveOwnKey as rule } from "../../../../../policy/security/rules/functions/function-variables-have-own-key";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";
import { addFunction, called, FUNCTION } from "./functions";

const environment = { variables: { TABLE: "orders" } };
const withKey = (inputs: Inputs): Given => called({ environment, ...inputs });
const ownKey: Given = (stack) => addFunction(stack, { environment, kmsKeyArn: arn(stack.add("aws:kms/key:Key", "compute")) });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key": withKey({ kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/compute" }),
    "with a key of the stack that is not made yet": { given: ownKey, known: false },
  },
  fail: {
    "without a key": { given: withKey({}), says: /orders leaves its variables to the key of Lambda: it has no kmsKeyArn/ },
    "with an empty text": { given: withKey({ kmsKeyArn: "" }), says: /has no kmsKeyArn/ },
  },
  absent: {
    "without a key, which is that of Lambda": { given: withKey({ kmsKeyArn: null }), says: /has no kmsKeyArn/ },
    "without variables": { given: called({}), says: "nothing" },
    "with no variable": { given: called({ environment: { variables: {} } }), says: "nothing" },
    "where nothing is durable": { given: withKey({ durable: false }), says: "nothing" },
  },
  unknown: {
    "while the key is not known, nor where it comes from": withKey({ kmsKeyArn: UNKNOWN }),
    "while its variables are not known": withKey({ environment: UNKNOWN }),
  },
  mutations: {
    "a function leaves its variables to Lambda": (stack) => stack.set(stack.one(FUNCTION, "notifications"), "kmsKeyArn", undefined),
  },
};
