import { topicPolicyIsNotOpen as rule } from "../../../../../policy/security/rules/messaging/topic-policy-is-not-open";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, admit, documentOf, ROLE, type Statement } from "../../../documents";

const POLICY = "aws:sns/topicPolicy:TopicPolicy";
const OTHER = { AWS: "arn:aws:iam::999900001111:root" };

/** A policy in a stack whose resources are known to be in account 123456789012. */
function policy(...statements: readonly Statement[]): Given {
  return (stack) => {
    stack.add(ROLE, "own", {}, undefined, { arn: "arn:aws:iam::123456789012:role/own" });
    return stack.add(POLICY, "orders", { policy: documentOf(...statements) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a service": policy(admit({ Service: "cloudwatch.amazonaws.com" }, "sns:Publish")),
    "for a role of its account": policy(admit({ AWS: "arn:aws:iam::123456789012:role/own" }, "sns:Publish")),
    "for its own account, as SNS writes it": policy(
      admit({ AWS: "*" }, "sns:Publish", { Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } } }),
    ),
    "for another account with a condition": policy(
      admit(OTHER, "sns:Subscribe", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    ),
  },
  fail: {
    "for everyone": {
      given: policy(admit("*", "sns:Publish")),
      says: /orders is open to others: statement 1 allows sns:Publish to everyone/,
    },
    "for every bucket of the world": {
      given: policy(admit("*", "sns:Publish", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } })),
      says: /to everyone/,
    },
    "for another account": {
      given: policy(admit(OTHER, "sns:Subscribe")),
      says: /lets arn:aws:iam::999900001111:root in from another account/,
    },
  },
  absent: {
    "without a policy, when that of AWS is for its owner": {
      given: (stack) => stack.add("aws:sns/topic:Topic", "orders"),
      says: "nothing",
    },
  },
  unknown: {
    "while its policy is not known": (stack) => stack.add(POLICY, "orders", { policy: UNKNOWN }),
    "while it is not known which account is its own": (stack) =>
      stack.add(POLICY, "orders", { policy: documentOf(admit(OTHER, "sns:Publish")) }),
  },
  mutations: {
    "everyone may raise an alarm": (stack) => addStatement(stack, POLICY, "alarms", "policy", admit("*", "sns:Publish")),
    "another account hears the alarms": (stack) => addStatement(stack, POLICY, "alarms", "policy", admit(OTHER, "sns:Subscribe")),
  },
};
