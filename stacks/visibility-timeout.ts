import { functionTimeout } from "../components/compute/function-timeout";
import { queueVisibility } from "../components/compute/triggers/queue-trigger";
import { type Blueprint } from "./blueprint";

const MS_PER_SECOND = 1000;
/** A task that works on a message may take longer than its descriptor says, and starts first. */
const HEADROOM = 1.5;
/** SQS API reference, SetQueueAttributes, VisibilityTimeout (2026-11). */
const LEAST_SECONDS = 30;
const MOST_SECONDS = 43_200;

/** Seconds for which a queue hides a message while a consumer works on it: long enough for the slowest of its consumers. */
export function queueVisibilitySeconds(queue: string, services: Blueprint["services"]): number {
  const consumers = services.filter(({ descriptor }) =>
    (descriptor.needs ?? []).some((need) => "queue" in need && need.queue === queue && need.access === "consume"),
  );
  const wanted = consumers.map(({ descriptor, placement }) =>
    placement.target === "lambda"
      ? queueVisibility([functionTimeout(descriptor)])
      : Math.ceil((HEADROOM * (descriptor.demand.duration + descriptor.demand.start)) / MS_PER_SECOND),
  );
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, ...wanted));
}
