import { topicDemandsTls as rule } from "../../../../../policy/security/rules/messaging/topic-demands-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { demandsTls, guarded, type Guarded } from "./demands-tls";

const TOPIC: Guarded = {
  rule,
  type: "aws:sns/topic:Topic",
  policyType: "aws:sns/topicPolicy:TopicPolicy",
  owner: "arn",
  action: "sns:Publish",
  other: "sns:Subscribe",
  lacks: /orders takes messages without TLS: it has no policy/,
};
const common = demandsTls(TOPIC);

export const cases: RuleCases = {
  ...common,
  unknown: { ...common.unknown, "while its policy is not known": guarded(TOPIC, UNKNOWN) },
  mutations: { "the topic of the alarms has no policy": (stack) => stack.remove(stack.one(TOPIC.policyType, "alarms")) },
};
