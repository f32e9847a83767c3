import { UNKNOWN } from "../../../../../policy/lib/resource";
import { deadLettersAreOfTheSameKind as rule } from "../../../../../policy/preflight/rules/messaging/dead-letters-are-of-the-same-kind";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Inputs } from "../../../stack";

const QUEUE = "aws:sqs/queue:Queue";
const POLICY = "aws:sqs/redrivePolicy:RedrivePolicy";
const DEAD = "arn:aws:sqs:eu-west-1:1:dead";
const policy = (deadLetterTargetArn: string, maxReceiveCount: number | string = 5) =>
  JSON.stringify({ deadLetterTargetArn, maxReceiveCount });

function queue(redrivePolicy: string | null, inputs: Inputs = {}): Given {
  return (stack) => stack.add(QUEUE, "orders", { redrivePolicy, ...inputs });
}

/** Its policy comes from the ARN of a queue of the stack, so that it is wholly unknown before that is made. */
function toQueue(own: Inputs, dead: Inputs): Given {
  return (stack) => {
    const target = stack.add(QUEUE, "orders-dead", dead);
    return stack.add(POLICY, "orders", { queueUrl: id(stack.add(QUEUE, "orders", own)), redrivePolicy: arn(target) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "to a queue like it": queue(policy(DEAD)),
    "in order to one in order": queue(policy(`${DEAD}.fifo`), { fifoQueue: true }),
  },
  fail: {
    "in order to one that keeps none": {
      given: queue(policy(DEAD), { fifoQueue: true }),
      says: /a queue that does not keep the order, and it does/,
    },
    "to one in order, before anything is made": {
      given: toQueue({}, { fifoQueue: true }),
      known: false,
      says: /a queue that keeps the order, and it does not/,
    },
    never: { given: queue(policy(DEAD, 0)), says: /maxReceiveCount is 0; it can be 1 to 1000/ },
    "in text that is no JSON": { given: queue("dead"), says: /redrivePolicy is no JSON object/ },
    "to no queue": { given: queue('{"maxReceiveCount":5}'), says: /has no deadLetterTargetArn/ },
  },
  absent: {
    "without dead letters": { given: queue(null), says: "nothing" },
    "without a count": { given: queue(`{"deadLetterTargetArn":"${DEAD}"}`), says: /has no maxReceiveCount/ },
  },
  unknown: {
    "while the policy is not known": queue(UNKNOWN),
    "while all that is known is that both are alike": { given: toQueue({}, {}), known: false },
    "while nobody knows whether it keeps the order": queue(policy(DEAD), { fifoQueue: UNKNOWN }),
  },
  mutations: {
    "the dead letters of a queue go to one that keeps the order": (stack) => {
      const refuse = {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      };
      stack.add(QUEUE, "strays", {
        sqsManagedSseEnabled: true,
        redrivePolicy: policy("arn:aws:sqs:us-east-1:444455556666:strays-dead.fifo"),
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [refuse] }),
      });
    },
  },
};
