import { eventSourceBatchIsAccepted as rule } from "../../../../../policy/preflight/rules/functions/event-source-batch-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

function ofQueue(inputs: Inputs, queue: Inputs = {}): Given {
  return (stack) => stack.add(MAPPING, "orders", { eventSourceArn: arn(stack.add("aws:sqs/queue:Queue", "orders", queue)), ...inputs });
}

function of(eventSourceArn: string, inputs: Inputs): Given {
  return (stack) => stack.add(MAPPING, "orders", { eventSourceArn, ...inputs });
}

const STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";

export const cases: RuleCases = {
  rule,
  pass: {
    "ten of a queue": ofQueue({ batchSize: 10 }),
    "a hundred of a queue that is waited for": { given: ofQueue({ batchSize: 100, maximumBatchingWindowInSeconds: 5 }), known: false },
    "ten of a FIFO queue": ofQueue({ batchSize: 10 }, { fifoQueue: true }),
    "a thousand of a stream": of(STREAM, { batchSize: 1000 }),
  },
  fail: {
    "a hundred of a queue at once": {
      given: ofQueue({ batchSize: 100 }),
      known: false,
      says: /batchSize 100 is more than 10 and maximumBatching.* is 0/,
    },
    "a hundred of a FIFO queue": {
      given: ofQueue({ batchSize: 100, maximumBatchingWindowInSeconds: 5 }, { fifoQueue: true }),
      known: false,
      says: /batchSize 100 is more than the 10 of a FIFO queue; a FIFO queue takes no/,
    },
    "a FIFO queue from outside": {
      given: of("arn:aws:sqs:eu-west-1:1:orders.fifo", { batchSize: 11, maximumBatchingWindowInSeconds: 1 }),
      says: /FIFO queue/,
    },
    "too many of a stream": { given: of(STREAM, { batchSize: 20000 }), says: /batchSize 20000 is not 1 to 10000/ },
    "too long a time": { given: of(STREAM, { maximumBatchingWindowInSeconds: 301 }), says: /301 is not 0 to 300/ },
    "one call at once": { given: ofQueue({ scalingConfig: { maximumConcurrency: 1 } }), says: /maximumConcurrency 1 is not 2 to 1000/ },
  },
  absent: { "of every size": { given: ofQueue({}), says: "pass" } },
  unknown: {
    "while the size is not known": ofQueue({ batchSize: UNKNOWN }),
    "while the source is not known": of(UNKNOWN, { batchSize: 100 }),
    "while it is not known whether the queue is FIFO": ofQueue(
      { batchSize: 100, maximumBatchingWindowInSeconds: 5 },
      { fifoQueue: UNKNOWN },
    ),
  },
  mutations: {
    "a function reads a hundred messages at once": (stack) => stack.set(stack.one(MAPPING, "log-shipper"), "batchSize", 100),
    "one call at a time is asked for": (stack) => stack.set(stack.one(MAPPING, "log-shipper"), ["scalingConfig", "maximumConcurrency"], 1),
  },
};
