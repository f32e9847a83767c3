import { type Finding, judge } from "../../../lib/finding";
import { MAPPING, namedFunction, queueOf } from "../../../lib/functions/sources";
import type { StackGraph } from "../../../lib/graph";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** Seconds where nothing is said. Sources: CreateQueue of the SQS and CreateFunction of the Lambda API reference (2026-11). */
const DEFAULT_VISIBILITY = 30;
const DEFAULT_TIMEOUT = 3;

/** Looks at mappings between a queue and a function of the stack. */
export const queueOutlastsItsFunction = stackRule({
  id: "queue-outlasts-its-function",
  title: "A message stays hidden for at least as long as the function that works on it may run",
  severity: "high",
  why: "Lambda refuses to read from a queue whose visibility timeout is shorter than the function's timeout: a message would be worked on twice.",
  fix: "Set visibilityTimeoutSeconds of the queue to at least the timeout of the function, better to six times as much.",
  links: ["https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html"],
  frameworks: [],
  check: (stack) => stack.ofType(MAPPING).flatMap((mapping) => verdicts(mapping, stack)),
});

function verdicts(mapping: StackResource, graph: StackGraph): Verdict[] {
  const queue = queueOf(mapping, graph);
  if (queue === undefined) return [];
  const lambda = namedFunction(mapping, "functionName", graph);
  if (lambda.kind === "external") return [];
  const fault = `Lambda refuses to read from ${queue.name}`;
  const findings: Finding[] =
    lambda.kind === "unknown"
      ? [{ what: "functionName is not known yet", property: "functionName", unknown: true }]
      : timeFindings(queue, lambda.resource);
  return [judge(mapping, fault, findings)];
}

function timeFindings(queue: StackResource, lambda: StackResource): Finding[] {
  const property = "eventSourceArn";
  const hidden = seconds(queue, "visibilityTimeoutSeconds", DEFAULT_VISIBILITY);
  const runs = seconds(lambda, "timeout", DEFAULT_TIMEOUT);
  if (hidden === undefined || runs === undefined)
    return [{ what: `how long a message is hidden, or ${lambda.name} runs, is not known yet`, property, unknown: true }];
  return hidden >= runs ? [] : [{ what: `it hides a message for ${hidden} s, ${lambda.name} may run for ${runs} s`, property }];
}

function seconds(resource: StackResource, property: string, byDefault: number): number | undefined {
  const reading = read(resource, property);
  return reading.state === "absent" ? byDefault : number(reading);
}
