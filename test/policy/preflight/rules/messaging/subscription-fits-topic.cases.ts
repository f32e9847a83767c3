import { UNKNOWN } from "../../../../../policy/lib/resource";
import { subscriptionFitsTopic as rule } from "../../../../../policy/preflight/rules/messaging/subscription-fits-topic";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

function toQueue(topic: Inputs, queue: Inputs, inputs: Inputs = {}): Given {
  return (stack) =>
    stack.add(SUBSCRIPTION, "orders", {
      protocol: "sqs",
      topic: arn(stack.add("aws:sns/topic:Topic", "orders", topic)),
      endpoint: arn(stack.add("aws:sqs/queue:Queue", "orders", queue)),
      ...inputs,
    });
}

function mail(inputs: Inputs, topic = "arn:aws:sns:eu-west-1:1:orders"): Given {
  return (stack) => stack.add(SUBSCRIPTION, "orders", { protocol: "email", topic, endpoint: "a@example.com", ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of a queue": toQueue({}, {}, { rawMessageDelivery: true }),
    "of a queue in order, not made yet": { given: toQueue({ fifoTopic: true }, { fifoQueue: true }), known: false },
    "of a queue without order to a topic in order": toQueue({ fifoTopic: true }, {}),
    "with a filter": toQueue({}, {}, { filterPolicy: '{"kind":["order"]}', filterPolicyScope: "MessageBody" }),
  },
  fail: {
    "of a queue in order to a topic without, not made yet": {
      given: toQueue({}, { fifoQueue: true }),
      known: false,
      says: /its queue keeps the order, and its topic does not/,
    },
    "of an address to a topic in order": {
      given: mail({}, "arn:aws:sns:eu-west-1:1:orders.fifo"),
      says: /delivers only to sqs, not to email/,
    },
    "of an address, raw": { given: mail({ rawMessageDelivery: true }), says: /rawMessageDelivery is on, which email does not have/ },
    "with a filter that is no JSON": { given: mail({ filterPolicy: "kind=order" }), says: /filterPolicy is no JSON object/ },
  },
  absent: {
    "without a protocol": { given: mail({ protocol: null }), says: /protocol is absent/ },
    "of a delivery stream without a role": { given: mail({ protocol: "firehose" }), says: /subscriptionRoleArn is absent/ },
    "with the scope of a filter and no filter": { given: mail({ filterPolicyScope: "MessageBody" }), says: /filterPolicyScope is set and/ },
  },
  unknown: {
    "while nobody knows whether there is a scope without a filter": mail({ filterPolicyScope: UNKNOWN }),
    "while the protocol is not known": mail({ protocol: UNKNOWN }),
    "while the topic is not known": mail({ topic: UNKNOWN }),
    "while the order is not known": toQueue({ fifoTopic: UNKNOWN }, { fifoQueue: true }),
  },
  mutations: {
    "the alarms are to be mailed raw": (stack) => stack.set(stack.one(SUBSCRIPTION), "rawMessageDelivery", true),
    "the filter of the alarms is no JSON": (stack) => stack.set(stack.one(SUBSCRIPTION), "filterPolicy", "severity = critical"),
  },
};
