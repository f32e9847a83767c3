import type * as pulumi from "@pulumi/pulumi";
import { type Demand } from "../service/descriptor";
import { type Backlog } from "./task-scaling";
import { type EventSources } from "./triggers/event-sources";

/** Milliseconds that a message may wait for a task that is there; tasks are added when it would be longer. */
const LONGEST_WAIT = 60_000;

/**
 * Messages that may wait for one task: as many as it works off in a minute, at least one (Application Auto Scaling user guide, "Target
 * tracking scaling policies using metric math": what may wait divided by what one takes, 2026-11).
 * @param atOnce messages that a task works on at the same time.
 */
export function messagesPerTask(demand: Pick<Demand, "duration">, atOnce: number): number {
  return Math.max(1, Math.floor((LONGEST_WAIT / demand.duration) * atOnce));
}

/**
 * The backlog of the first of a service's queues that tasks are started by; undefined when it has none that CloudWatch counts, which is SQS only.
 * @param names queues of its triggers.
 * @param atOnce messages that a task works on at the same time.
 */
export function backlogOf(
  sources: Pick<EventSources, "queue">,
  names: readonly string[],
  demand: Pick<Demand, "duration">,
  atOnce: number,
): Backlog | undefined {
  const [arn] = names.flatMap((name) => {
    const source = sources.queue(name);
    return source?.kind === "sqs" ? [source.arn] : [];
  });
  return arn && { queueName: queueName(arn), messagesPerTask: messagesPerTask(demand, atOnce) };
}

/** CloudWatch knows a queue by its name, the last part of its ARN. */
function queueName(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((text) => text.split(":").at(-1) ?? text);
}
