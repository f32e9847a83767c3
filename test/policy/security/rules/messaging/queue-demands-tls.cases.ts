import { queueDemandsTls as rule } from "../../../../../policy/security/rules/messaging/queue-demands-tls";
import { type RuleCases } from "../../../cases";
import { demandsTls } from "./demands-tls";

const POLICY = "aws:sqs/queuePolicy:QueuePolicy";

export const cases: RuleCases = {
  ...demandsTls({
    rule,
    type: "aws:sqs/queue:Queue",
    policyType: POLICY,
    owner: "queueUrl",
    action: "sqs:*",
    other: "sqs:SendMessage",
    lacks: /orders answers requests without TLS: it has no policy/,
  }),
  silentWhileUnknown: { policy: "queue-policy-is-not-public tells of a policy that is not known" },
  mutations: { "a queue has no policy": (stack) => stack.remove(stack.one(POLICY, /::media-jobs-queue$/)) },
};
