import type { Reference, StackGraph } from "../graph";
import { parseJson } from "../json";
import { isObject, read, type Reading, readPath, type StackResource } from "../resource";
import { QUEUE } from "../stores/store-rule";

const QUEUE_REDRIVE = "aws:sqs/redrivePolicy:RedrivePolicy";

/** Where something names the queue that takes what it could not deliver. `json`: the property is a text with `deadLetterTargetArn` in it. */
const PLACES: readonly { readonly type: string; readonly path: string; readonly json?: true }[] = [
  { type: QUEUE, path: "redrivePolicy", json: true },
  { type: QUEUE_REDRIVE, path: "redrivePolicy", json: true },
  { type: "aws:sns/topicSubscription:TopicSubscription", path: "redrivePolicy", json: true },
  { type: "aws:lambda/function:Function", path: "deadLetterConfig.targetArn" },
  { type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", path: "destinationConfig.onFailure.destination" },
  { type: "aws:lambda/eventSourceMapping:EventSourceMapping", path: "destinationConfig.onFailure.destinationArn" },
  { type: "aws:cloudwatch/eventTarget:EventTarget", path: "deadLetterConfig.arn" },
  { type: "aws:scheduler/schedule:Schedule", path: "target.deadLetterConfig.arn" },
  { type: "aws:pipes/pipe:Pipe", path: "sourceParameters.sqsQueueParameters.deadLetterConfig.arn" },
];

/** The queues of a stack that take what others could not deliver. */
export interface DeadLetterQueues {
  /** By URN. */
  readonly certain: ReadonlySet<string>;
  /** True when something names such a queue of which nobody knows yet which it is. */
  readonly open: boolean;
}

/** For `StackGraph.once`. */
export function deadLetterQueues(graph: StackGraph): DeadLetterQueues {
  const references = PLACES.flatMap(({ type, path, json }) =>
    graph.ofType(type).flatMap((user) => named(user, path, json === true, graph)),
  );
  // A queue that says from which others it takes is one as well.
  const allowing = graph.ofType(QUEUE).filter((queue) => read(queue, "redriveAllowPolicy").state !== "absent");
  const allowed = graph
    .ofType("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy")
    .flatMap((policy) => graph.references(policy, "queueUrl", [QUEUE]));
  const all = [...references, ...allowed];
  const certain = all.flatMap((reference) => (reference.kind === "resource" ? [reference.resource.urn] : []));
  return {
    certain: new Set([...certain, ...allowing.map(({ urn }) => urn)]),
    open: all.some(({ kind }) => kind === "unknown"),
  };
}

/** What says where a queue sends what it could not deliver; unknown when something does that nobody can say yet whose it is. */
export function redriveOf(queue: StackResource, graph: StackGraph): Reading {
  const own = read(queue, "redrivePolicy");
  if (own.state !== "absent") return own;
  const [policy] = graph.referring(queue, "queueUrl", [QUEUE_REDRIVE]);
  if (policy !== undefined) return read(policy, "redrivePolicy");
  const unclear = graph.ofType(QUEUE_REDRIVE).some((other) => graph.reference(other, "queueUrl", [QUEUE])?.kind === "unknown");
  return { state: unclear ? "unknown" : "absent" };
}

function named(user: StackResource, path: string, json: boolean, graph: StackGraph): Reference[] {
  const reading = read(user, path);
  return graph.resolve(user, path, [json && reading.state === "known" ? targetOf(reading.value) : reading], [QUEUE]);
}

function targetOf(policy: Parameters<typeof parseJson>[0]): Reading {
  const parsed = parseJson(policy);
  return parsed instanceof Error || !isObject(parsed) ? { state: "absent" } : readPath(parsed, "deadLetterTargetArn");
}
