import { queueDemandsTls as rule } from "../../../../../policy/security/rules/messaging/queue-demands-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { documentOf, type Statement } from "../../../documents";
import { id, type Inputs } from "../../../stack";

const TYPE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const NO_TLS = { Bool: { "aws:SecureTransport": "false" } };

function refuse(more: Statement = {}): Statement {
  return { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*", Condition: NO_TLS, ...more };
}

function made(policy?: Inputs[string]): Given {
  return (stack) => {
    const found = stack.add(TYPE, "orders");
    if (policy !== undefined) stack.add(POLICY, "orders", { queueUrl: id(found), policy });
    return found;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it refuses": made(documentOf(refuse())),
    "when it refuses and is not made yet": { given: made(documentOf(refuse())), known: false },
    "when its own policy refuses": (stack) =>
      stack.add(TYPE, "orders", { policy: documentOf(refuse({ Principal: { AWS: "*" }, Action: ["sqs:*"] })) }),
  },
  fail: {
    "when it refuses something else": {
      given: made(documentOf(refuse({ Action: "sqs:SendMessage" }))),
      says: /no statement denies requests without/,
    },
    "when it refuses only some": { given: made(documentOf(refuse({ Principal: { AWS: "123456789012" } }))), says: /no statement/ },
    "when it allows those who come with TLS": {
      given: made(
        documentOf({
          Effect: "Allow",
          Principal: "*",
          Action: "sqs:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        }),
      ),
      says: /no statement/,
    },
  },
  absent: { "without a policy": { given: made(), says: /orders answers requests without TLS: it has no policy/ } },
  unknown: {
    "while it is not known whose policy it is": (stack) => {
      stack.add(POLICY, "orders", { queueUrl: UNKNOWN, policy: documentOf(refuse()) });
      return stack.add(TYPE, "orders");
    },
  },
  silentWhileUnknown: { policy: "queue-policy-is-not-public tells of a policy that is not known" },
  mutations: {
    "a queue has no policy": (stack) => stack.remove(stack.one(POLICY, /::media-jobs-queue$/)),
  },
};
