import { queuePolicyIsNotPublic as rule } from "../../../../../policy/security/rules/messaging/queue-policy-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, admit, documentOf, type Statement } from "../../../documents";

const TYPE = "aws:sqs/queuePolicy:QueuePolicy";

function made(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(TYPE, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a role": made(admit({ AWS: "arn:aws:iam::123456789012:role/orders" }, "sqs:SendMessage")),
    "for everyone of an organisation": made(
      admit("*", "sqs:SendMessage", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    ),
    "when everyone is denied": made({ Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource: "*" }),
  },
  fail: {
    "for everyone": { given: made(admit("*", "sqs:SendMessage")), says: /orders .*statement 1 allows sqs:SendMessage to everyone/ },
    "for everyone with a condition that keeps nobody out": {
      given: made(admit({ AWS: "*" }, "sqs:SendMessage", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })),
      says: /to everyone/,
    },
    "with every action": {
      given: made(admit({ AWS: "arn:aws:iam::123456789012:role/orders" }, "sqs:*")),
      says: /statement 1 allows every action/,
    },
    "in the policy of the queue itself": {
      given: (stack) => stack.add("aws:sqs/queue:Queue", "orders", { policy: documentOf(admit("*", "sqs:ReceiveMessage")) }),
      says: /everyone/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(TYPE, "orders"), says: "nothing" } },
  unknown: {
    "while its policy is not known": (stack) => stack.add(TYPE, "orders", { policy: UNKNOWN }),
    "while a condition is not known": (stack) =>
      stack.add(TYPE, "orders", { policy: { Statement: [admit("*", "sqs:SendMessage", { Condition: UNKNOWN })] } }),
  },
  mutations: {
    "everyone may send to a queue": (stack) => addStatement(stack, TYPE, "media-jobs-queue", "policy", admit("*", "sqs:SendMessage")),
    "a role may do everything to a queue": (stack) =>
      addStatement(stack, TYPE, "media-jobs-queue", "policy", admit({ AWS: "arn:aws:iam::444455556666:role/media" }, "sqs:*")),
  },
};
