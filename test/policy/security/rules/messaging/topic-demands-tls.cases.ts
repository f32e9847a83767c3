import { topicDemandsTls as rule } from "../../../../../policy/security/rules/messaging/topic-demands-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { documentOf, type Statement } from "../../../documents";
import { id, type Inputs } from "../../../stack";

const TYPE = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";
const NO_TLS = { Bool: { "aws:SecureTransport": "false" } };

function refuse(more: Statement = {}): Statement {
  return { Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: "*", Condition: NO_TLS, ...more };
}

function made(policy?: Inputs[string]): Given {
  return (stack) => {
    const found = stack.add(TYPE, "orders");
    if (policy !== undefined) stack.add(POLICY, "orders", { arn: id(found), policy });
    return found;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it refuses": made(documentOf(refuse())),
    "when it refuses and is not made yet": { given: made(documentOf(refuse())), known: false },
    "when its own policy refuses": (stack) =>
      stack.add(TYPE, "orders", { policy: documentOf(refuse({ Principal: { AWS: "*" }, Action: ["sns:Publish"] })) }),
  },
  fail: {
    "when it refuses something else": {
      given: made(documentOf(refuse({ Action: "sns:Subscribe" }))),
      says: /no statement denies requests without/,
    },
    "when it refuses only some": { given: made(documentOf(refuse({ Principal: { AWS: "123456789012" } }))), says: /no statement/ },
    "when it allows those who come with TLS": {
      given: made(
        documentOf({
          Effect: "Allow",
          Principal: "*",
          Action: "sns:Publish",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
      says: /no statement/,
    },
  },
  absent: { "without a policy": { given: made(), says: /orders takes messages without TLS: it has no policy/ } },
  unknown: {
    "while its policy is not known": made(UNKNOWN),
    "while it is not known whose policy it is": (stack) => {
      stack.add(POLICY, "orders", { arn: UNKNOWN, policy: documentOf(refuse()) });
      return stack.add(TYPE, "orders");
    },
  },
  mutations: {
    "the topic of the alarms has no policy": (stack) => stack.remove(stack.one(POLICY, "alarms")),
  },
};
