import { eventSourceSaysWhereToBegin as rule } from "../../../../../policy/preflight/rules/functions/event-source-says-where-to-begin";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";

const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

function ofType(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(MAPPING, "orders", { eventSourceArn: arn(stack.add(type, "orders")), ...inputs });
}

function of(inputs: Inputs): Given {
  return (stack) => stack.add(MAPPING, "orders", inputs);
}

const STREAM = "arn:aws:dynamodb:eu-west-1:1:table/orders/stream/2026";

export const cases: RuleCases = {
  rule,
  pass: {
    "a topic from its beginning": { given: ofType("aws:msk/cluster:Cluster", { startingPosition: "TRIM_HORIZON" }), known: false },
    "a topic that is there": ofType("aws:msk/cluster:Cluster", { startingPosition: "LATEST" }),
    "a topic of brokers of one's own": of({ selfManagedEventSource: { endpoints: {} }, startingPosition: "LATEST" }),
    "a stream of a table": of({ eventSourceArn: STREAM, startingPosition: "LATEST" }),
  },
  fail: {
    "a queue with a position": {
      given: ofType("aws:sqs/queue:Queue", { startingPosition: "LATEST" }),
      known: false,
      says: /reads from sqs and has a startingPosition/,
    },
    "a stream of a table by time": {
      given: of({ eventSourceArn: STREAM, startingPosition: "AT_TIMESTAMP" }),
      says: /none of TRIM_HORIZON, LATEST/,
    },
    "a stream by a time that is not said": {
      given: of({ eventSourceArn: "arn:aws:kinesis:eu-west-1:1:stream/orders", startingPosition: "AT_TIMESTAMP" }),
      says: /startingPositionTimestamp is not set/,
    },
  },
  absent: {
    "of a stream": { given: of({ eventSourceArn: STREAM }), says: /reads from dynamodb and has no startingPosition/ },
    "of a queue, which has none": { given: of({ eventSourceArn: "arn:aws:sqs:eu-west-1:1:orders" }), says: "pass" },
  },
  unknown: {
    "while the source is not known": of({ eventSourceArn: UNKNOWN }),
    "while the position is not known": of({ eventSourceArn: STREAM, startingPosition: UNKNOWN }),
  },
  mutations: {
    "a topic is read from nowhere": (stack) => stack.set(stack.one(MAPPING, "notifications"), "startingPosition", undefined),
    "a queue is read from a position": (stack) => stack.set(stack.one(MAPPING, "log-shipper"), "startingPosition", "LATEST"),
  },
};
