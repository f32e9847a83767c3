import { UNKNOWN } from "../../../../../policy/lib/resource";
import { logSubscriptionHasRole as rule } from "../../../../../policy/preflight/rules/messaging/log-subscription-has-role";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const FUNCTION = "aws:lambda/function:Function";
const ROLE = { roleArn: "arn:aws:iam::1:role/logs" };

function to(type: string, inputs: Inputs = {}): Given {
  return (stack) => stack.add(FILTER, "orders", { destinationArn: arn(stack.add(type, "target")), ...inputs });
}

function outside(destinationArn: string, inputs: Inputs = {}): Given {
  return (stack) => stack.add(FILTER, "orders", { destinationArn, ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "to a stream with a role, not made yet": {
      given: (stack) => to(STREAM, { roleArn: arn(stack.add("aws:iam/role:Role", "logs")) })(stack),
      known: false,
    },
    "to a function": to(FUNCTION),
    "to a destination of another account": outside("arn:aws:logs:eu-west-1:2:destination:all"),
  },
  fail: {
    "to a stream without a role, not made yet": { given: to(STREAM), known: false, says: /it writes to a stream and roleArn is absent/ },
    "to a stream from outside without a role": { given: outside("arn:aws:kinesis:eu-west-1:1:stream/all"), says: /roleArn is absent/ },
    "to a function with a role": { given: to(FUNCTION, ROLE), says: /it calls a function and roleArn is set/ },
  },
  absent: { "without a destination": { given: (stack) => stack.add(FILTER, "orders", ROLE), says: /destinationArn is absent/ } },
  unknown: {
    "while nobody knows whether a stream has a role": to(STREAM, { roleArn: UNKNOWN }),
    "while the destination is not known": outside(UNKNOWN),
  },
  mutations: {
    "a log group is sent to the delivery stream by nobody": (stack) =>
      stack.add(FILTER, "orders", { logGroup: "/aws/orders", filterPattern: "", destinationArn: arn(stack.one(STREAM)) }),
  },
};
