import { roleOfServiceNamesItsAccount as rule } from "../../../../../policy/security/rules/identity/role-of-service-names-its-account";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { ROLE, trust, trusting } from "../../../documents";

const TASKS = { Service: "ecs-tasks.amazonaws.com" };

export const cases: RuleCases = {
  rule,
  pass: {
    "with the account": trusting(trust(TASKS, { Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } })),
    "with the resource": trusting(trust(TASKS, { Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:ecs:us-east-1:123456789012:*" } } })),
  },
  fail: {
    "without a condition": { given: trusting(trust(TASKS)), says: /statement 1 trusts ecs-tasks.amazonaws.com without a condition/ },
    "for a service in a region": { given: trusting(trust({ Service: ["logs.us-east-1.amazonaws.com"] })), says: /logs\.us-east-1/ },
    "with another condition": {
      given: trusting(trust(TASKS, { Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } })),
      says: /without a condition on aws:SourceAccount/,
    },
    "with a condition that anything fulfils": {
      given: trusting(trust(TASKS, { Condition: { StringLike: { "aws:SourceAccount": "*" } } })),
      says: /without a condition/,
    },
    "with a condition only if the key is there": {
      given: trusting(trust(TASKS, { Condition: { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } } })),
      says: /without a condition/,
    },
  },
  absent: {
    "without a service": { given: trusting(trust({ AWS: "arn:aws:iam::123456789012:role/a" })), says: "nothing" },
    "for a service that does not say for whom it acts": { given: trusting(trust({ Service: "ec2.amazonaws.com" })), says: "nothing" },
  },
  unknown: {
    "while its trust policy is not known": (stack) => stack.add(ROLE, "orders", { assumeRolePolicy: UNKNOWN }),
    "while the condition is not known": (stack) =>
      stack.add(ROLE, "orders", { assumeRolePolicy: { Statement: [trust(TASKS, { Condition: UNKNOWN })] } }),
  },
  mutations: {
    "any customer's tasks may use the role of a service": (stack) =>
      stack.set(
        stack.one(ROLE, "media-encoder-execution"),
        "assumeRolePolicy",
        JSON.stringify({ Version: "2012-10-17", Statement: [trust(TASKS)] }),
      ),
  },
};
