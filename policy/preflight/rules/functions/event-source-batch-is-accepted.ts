import { type EventSource, QUEUE_SOURCE } from "../../../../facts/event-sources";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { MAPPING, readsFifo, sourceOf } from "../../../lib/functions/sources";
import type { StackGraph } from "../../../lib/graph";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const WINDOW = "maximumBatchingWindowInSeconds";
const CONCURRENCY = "scalingConfig.maximumConcurrency";

export const eventSourceBatchIsAccepted = stackRule({
  id: "event-source-batch-is-accepted",
  title: "An event source mapping asks for batches that its source gives",
  severity: "high",
  why: "Lambda refuses a batch that is too large for its source, more than 10 messages of a queue without a time to wait for them, and a time to wait with a FIFO queue.",
  fix: "Lower batchSize (10 for a FIFO queue, else 10,000), set maximumBatchingWindowInSeconds between 1 and 300 with more than 10 messages, and scalingConfig.maximumConcurrency between 2 and 1,000.",
  links: [QUEUE_SOURCE.source],
  frameworks: [],
  check: (stack) => stack.ofType(MAPPING).map((mapping) => judge(mapping, `Lambda refuses ${mapping.name}`, batchFindings(mapping, stack))),
});

function batchFindings(mapping: StackResource, graph: StackGraph): Finding[] {
  const [size, window] = [read(mapping, "batchSize"), read(mapping, WINDOW)];
  const unknown = [...(size.state === "unknown" ? ["batchSize"] : []), ...(window.state === "unknown" ? [WINDOW] : [])];
  const source = sourceOf(mapping, graph);
  const batch = number(size);
  const wait = number(window);
  const findings = [...rangeFindings(batch, wait, source), ...concurrencyFindings(mapping)];
  if (unknown.length > 0) return [...findings, ...unknown.map(notKnown)];
  if (batch === undefined && wait === undefined) return findings;
  if (source === undefined) return [...findings, ...((batch ?? 0) > QUEUE_SOURCE.batchAtOnce ? [notKnown("eventSourceArn")] : [])];
  return source.arn === "sqs" ? [...findings, ...queueFindings(mapping, batch ?? QUEUE_SOURCE.batchAtOnce, wait ?? 0, graph)] : findings;
}

function rangeFindings(batch: number | undefined, wait: number | undefined, source: EventSource | undefined): Finding[] {
  const most = source?.batch ?? 10_000;
  return [
    ...(batch !== undefined && (batch < 1 || batch > most)
      ? [{ what: `batchSize ${batch} is not 1 to ${most}`, property: "batchSize" }]
      : []),
    ...(wait !== undefined && (wait < 0 || wait > QUEUE_SOURCE.window)
      ? [{ what: `${WINDOW} ${wait} is not 0 to ${QUEUE_SOURCE.window}`, property: WINDOW }]
      : []),
  ];
}

function queueFindings(mapping: StackResource, batch: number, wait: number, graph: StackGraph): Finding[] {
  const most = QUEUE_SOURCE.batchAtOnce;
  if (batch <= most && wait === 0) return [];
  const fifo = readsFifo(mapping, graph);
  const ofFifo: Finding[] = [
    ...(batch > most ? [{ what: `batchSize ${batch} is more than the ${most} of a FIFO queue`, property: "batchSize" }] : []),
    ...(wait > 0 ? [{ what: `a FIFO queue takes no ${WINDOW}`, property: WINDOW }] : []),
  ];
  if (fifo === true) return ofFifo;
  if (batch > most && wait === 0) return [{ what: `batchSize ${batch} is more than ${most} and ${WINDOW} is 0`, property: WINDOW }];
  return fifo === false ? [] : [{ what: "whether it reads from a FIFO queue is not known yet", property: "eventSourceArn", unknown: true }];
}

function concurrencyFindings(mapping: StackResource): Finding[] {
  const reading = read(mapping, CONCURRENCY);
  const property = "scalingConfig";
  if (reading.state === "unknown") return [notKnown(property)];
  const most = number(reading);
  const { concurrency } = QUEUE_SOURCE;
  if (most === undefined || (concurrency.least <= most && most <= concurrency.most)) return [];
  return [{ what: `${CONCURRENCY} ${most} is not ${concurrency.least} to ${concurrency.most}`, property }];
}
