import { topicIsEncrypted as rule } from "../../../../../policy/security/rules/messaging/topic-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const TOPIC = "aws:sns/topic:Topic";

function topic(inputs: Inputs): Given {
  return (stack) => stack.add(TOPIC, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key": topic({ kmsMasterKeyId: "alias/orders" }),
    "with a key of the stack": (stack) => topic({ kmsMasterKeyId: id(stack.add("aws:kms/key:Key", "own")) })(stack),
  },
  fail: { "with a key that is null": { given: topic({ kmsMasterKeyId: null }), says: /orders is not encrypted/ } },
  absent: { "without a key, when SNS does not encrypt": { given: topic({}), says: /kmsMasterKeyId is not set/ } },
  unknown: { "while its key is not known": topic({ kmsMasterKeyId: UNKNOWN }) },
  mutations: { "the alarms are not encrypted": (stack) => stack.set(stack.one(TOPIC, "alarms"), "kmsMasterKeyId", undefined) },
};
