import { queueHasDeadLetters as rule } from "../../../../../policy/security/rules/messaging/queue-has-dead-letters";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Inputs } from "../../../stack";

const QUEUE = "aws:sqs/queue:Queue";

function queue(inputs: Inputs = {}): Given {
  return (stack) => stack.add(QUEUE, "orders", inputs);
}

const REDRIVE = JSON.stringify({ deadLetterTargetArn: "arn:aws:test:::aws:sqs/queue:Queue/dead", maxReceiveCount: 5 });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a policy": queue({ redrivePolicy: REDRIVE }),
    "with a policy of its own kind": (stack) => {
      const made = stack.add(QUEUE, "orders");
      stack.add("aws:sqs/redrivePolicy:RedrivePolicy", "orders", { queueUrl: id(made), redrivePolicy: REDRIVE });
      return made;
    },
    "with a reason": queue({ tags: { "strata:because": "Losing a message costs nothing" } }),
  },
  fail: {
    "with an empty reason": { given: queue({ tags: { "strata:because": "" } }), says: /orders puts nothing aside/ },
    "beside another queue's": {
      given: (stack) => {
        const dead = stack.add(QUEUE, "dead");
        stack.add(QUEUE, "billing", { redrivePolicy: arn(dead) });
        return stack.add(QUEUE, "orders");
      },
      known: false,
      says: /it has no redrivePolicy/,
    },
  },
  absent: {
    "without a policy": { given: queue(), says: /orders puts nothing aside: it has no redrivePolicy/ },
    "of the queue that takes what another could not handle": {
      given: (stack) => {
        const dead = stack.add(QUEUE, "dead");
        stack.add(QUEUE, "orders", { redrivePolicy: REDRIVE });
        return dead;
      },
      says: "nothing",
    },
    "of such a queue, while its ARN is not known": {
      given: (stack) => {
        const dead = stack.add(QUEUE, "dead");
        stack.add(QUEUE, "orders", { redrivePolicy: arn(dead) });
        return dead;
      },
      known: false,
      says: "nothing",
    },
    "of the queue that takes what a function could not": {
      given: (stack) => {
        const dead = stack.add(QUEUE, "dead");
        stack.add("aws:lambda/function:Function", "orders", { deadLetterConfig: { targetArn: arn(dead) } });
        return dead;
      },
      known: false,
      says: "nothing",
    },
    "of a queue that says for whom it is": { given: queue({ redriveAllowPolicy: '{"redrivePermission":"allowAll"}' }), says: "nothing" },
  },
  unknown: {
    "while its policy is not known": queue({ redrivePolicy: UNKNOWN }),
    "while its tags are not known": queue({ tags: UNKNOWN }),
    "while it is not known where a function puts things aside": (stack) => {
      stack.add("aws:lambda/function:Function", "orders", { deadLetterConfig: { targetArn: UNKNOWN } });
      return stack.add(QUEUE, "orders");
    },
  },
  mutations: {
    "a queue puts nothing aside": (stack) => stack.set(stack.one(QUEUE, /::media-jobs-queue$/), "redrivePolicy", undefined),
  },
};
