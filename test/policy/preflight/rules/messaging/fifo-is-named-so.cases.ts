import { UNKNOWN } from "../../../../../policy/lib/resource";
import { fifoIsNamedSo as rule } from "../../../../../policy/preflight/rules/messaging/fifo-is-named-so";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const queue = like(QUEUE, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "with the ending": queue({ fifoQueue: true, name: "orders.fifo" }),
    "without it": queue({ name: "orders" }),
    "with throughput of each group": queue({
      fifoQueue: true,
      fifoThroughputLimit: "perMessageGroupId",
      deduplicationScope: "messageGroup",
    }),
    "of a topic": like(TOPIC, { fifoTopic: true, name: "orders.fifo", contentBasedDeduplication: true })(),
  },
  fail: {
    "in order without the ending": { given: queue({ fifoQueue: true, name: "orders" }), says: /fifoQueue is on and name is orders/ },
    "with the ending and not in order": { given: queue({ name: "orders.fifo" }), says: /fifoQueue is off and name is orders\.fifo/ },
    "with a dot": { given: queue({ name: "orders.v1" }), says: /name is "orders\.v1"/ },
    "with a setting of ordered ones": {
      given: queue({ contentBasedDeduplication: true }),
      says: /contentBasedDeduplication is set and fifoQueue is off/,
    },
    "with throughput of each group alone": {
      given: queue({ fifoQueue: true, fifoThroughputLimit: "perMessageGroupId" }),
      says: /deduplicationScope is not messageGroup/,
    },
    "of a topic with the ending": { given: like(TOPIC, { name: "orders.fifo" })(), says: /fifoTopic is off/ },
  },
  absent: { "without a name, which is made up": { given: queue({ fifoQueue: true }), says: "pass" } },
  unknown: {
    "while nobody knows whether it finds duplicates": queue({ name: "orders", contentBasedDeduplication: UNKNOWN }),
    "while the limit of throughput is not known": queue({ fifoQueue: true, fifoThroughputLimit: UNKNOWN }),
    "while the name is not known": queue({ name: UNKNOWN }),
    "while nobody knows whether it keeps the order": queue({ fifoQueue: UNKNOWN, name: "orders" }),
  },
  mutations: {
    "a queue finds duplicates and keeps no order": (stack) =>
      stack.set(stack.one(QUEUE, "log-shipper-dead"), "contentBasedDeduplication", true),
    "a topic finds duplicates and keeps no order": (stack) => stack.set(stack.one(TOPIC), "contentBasedDeduplication", true),
  },
};
