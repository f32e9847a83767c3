import { functionIsNotPublic as rule } from "../../../../../policy/security/rules/functions/function-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";
import { PERMISSION } from "./functions";

function permission(inputs: Inputs): Given {
  return (stack) => stack.add(PERMISSION, "orders-caller", { function: "orders", action: "lambda:InvokeFunction", ...inputs });
}
const EVENTS = "events.amazonaws.com";
/** For a rule of the stack. */
const forRule: Given = (stack) => {
  const sourceArn = arn(stack.add("aws:cloudwatch/eventRule:EventRule", "nightly"));
  return stack.add(PERMISSION, "orders-caller", { principal: EVENTS, sourceArn });
};

export const cases: RuleCases = {
  rule,
  pass: {
    "for a service and a source": permission({ principal: EVENTS, sourceArn: "arn:aws:events:us-east-1:1:rule/nightly" }),
    "for a service and a source of the stack that is not made yet": { given: forRule, known: false },
    "for S3 and an account": permission({
      principal: "s3.amazonaws.com",
      sourceArn: "arn:aws:s3:::uploads",
      sourceAccount: "111122223333",
    }),
    "for everyone of an organization": permission({ principal: "*", principalOrgId: "o-1" }),
    "for an account": permission({ principal: "111122223333" }),
    "for a skill of Alexa": permission({ principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill.1" }),
  },
  fail: {
    "for everyone": { given: permission({ principal: "*" }), says: /permission orders-caller: lets everyone call the function/ },
    "for everyone with a source, which anybody may have": {
      given: permission({ principal: "*", sourceArn: "arn:aws:sns:us-east-1:1:topic" }),
      says: /lets everyone call/,
    },
    "for a service without a source": { given: permission({ principal: EVENTS }), says: /lets events.amazonaws.com call for anyone/ },
    "for a service with any source": { given: permission({ principal: EVENTS, sourceArn: "*" }), says: /call for anyone/ },
    "for a service with an empty source": { given: permission({ principal: EVENTS, sourceArn: "" }), says: /call for anyone/ },
    "for S3 without an account": {
      given: permission({ principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::uploads" }),
      says: /for a bucket of any account: it has no sourceAccount/,
    },
  },
  absent: { "without a source": { given: permission({ principal: "sns.amazonaws.com" }), says: /neither sourceArn nor sourceAccount/ } },
  unknown: {
    "while it is not known for whom": permission({ principal: UNKNOWN }),
    "while the source is not known, nor where it comes from": permission({ principal: EVENTS, sourceArn: UNKNOWN }),
  },
  mutations: {
    "everyone may call a function": (stack) => {
      const made = stack.one(PERMISSION, "payments-webhook-api");
      stack.set(made, "principal", "*");
      stack.set(stack.one(PERMISSION, "payments-webhook-api"), "sourceArn", undefined);
    },
    "any rule of EventBridge may call a function": (stack) =>
      stack.set(stack.one(PERMISSION, "thumbnails-uploads"), "sourceArn", undefined),
  },
};
