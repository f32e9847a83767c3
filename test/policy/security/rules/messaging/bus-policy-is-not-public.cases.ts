import { busPolicyIsNotPublic as rule } from "../../../../../policy/security/rules/messaging/bus-policy-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { admit, documentOf, type Statement } from "../../../documents";

const TYPE = "aws:cloudwatch/eventBusPolicy:EventBusPolicy";

function made(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(TYPE, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a role": made(admit({ AWS: "arn:aws:iam::123456789012:role/orders" }, "events:PutEvents")),
    "for everyone of an organisation": made(
      admit("*", "events:PutEvents", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    ),
    "when everyone is denied": made({ Effect: "Deny", Principal: "*", Action: "events:PutEvents", Resource: "*" }),
  },
  fail: {
    "for everyone": { given: made(admit("*", "events:PutEvents")), says: /orders .*statement 1 allows events:PutEvents to everyone/ },
    "for everyone with a condition that keeps nobody out": {
      given: made(admit({ AWS: "*" }, "events:PutEvents", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })),
      says: /to everyone/,
    },
    "for everyone in the older way": {
      given: (stack) => stack.add("aws:cloudwatch/eventPermission:EventPermission", "orders", { principal: "*", statementId: "all" }),
      says: /principal is \* without a condition/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(TYPE, "orders"), says: "nothing" } },
  unknown: {
    "while its policy is not known": (stack) => stack.add(TYPE, "orders", { policy: UNKNOWN }),
    "while a condition is not known": (stack) =>
      stack.add(TYPE, "orders", { policy: { Statement: [admit("*", "events:PutEvents", { Condition: UNKNOWN })] } }),
  },
  mutations: {
    "everyone may put events on a bus": (stack) =>
      stack.add(TYPE, "orders", { eventBusName: "orders", policy: documentOf(admit("*", "events:PutEvents")) }),
  },
};
