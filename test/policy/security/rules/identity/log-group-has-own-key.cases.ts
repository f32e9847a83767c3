import { logGroupHasOwnKey as rule } from "../../../../../policy/security/rules/identity/log-group-has-own-key";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

function group(inputs: Inputs): Given {
  return (stack) => stack.add(GROUP, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key": group({ kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1" }),
    "with a key of the stack": (stack) => group({ kmsKeyId: arn(stack.add("aws:kms/key:Key", "own")) })(stack),
  },
  fail: { "with a key that is null": { given: group({ kmsKeyId: null }), says: /orders has no key of its own/ } },
  absent: { "without a key, when CloudWatch takes its own": { given: group({}), says: /kmsKeyId is not set/ } },
  unknown: { "while its key is not known": group({ kmsKeyId: UNKNOWN }) },
  mutations: { "the logs of a service have the key of AWS": (stack) => stack.set(stack.one(GROUP, "orders"), "kmsKeyId", undefined) },
};
