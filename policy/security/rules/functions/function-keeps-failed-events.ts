import { callersOf, invokeConfigsOf } from "../../../lib/functions/callers";
import { FUNCTION } from "../../../lib/functions/functions";
import { type Finding, judge } from "../../../lib/finding";
import { isGiven } from "../../../lib/given";
import type { StackGraph } from "../../../lib/graph";
import { some, type StackResource, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const property = "deadLetterConfig.targetArn";

/**
 * Of functions that are called asynchronously: by a service that waits for no answer, or with settings for such calls.
 * A caller that waits gets the error itself, and what polls a queue or a stream keeps the event.
 */
export const functionKeepsFailedEvents = stackRule({
  id: "function-keeps-failed-events",
  title: "Every function that is called asynchronously keeps the events it failed on",
  severity: "medium",
  why: "After three failed tries Lambda throws an asynchronous event away, and nobody ever hears of it.",
  fix: "Set deadLetterConfig.targetArn to a queue, or destinationConfig.onFailure of the function's event invoke config.",
  links: ["https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_116" }],
  check: (stack) =>
    stack.ofType(FUNCTION).flatMap((called) => {
      const asynchronous = isAsynchronous(called, stack);
      if (asynchronous === false) return [];
      return [judge(called, `${called.name} is called asynchronously`, findings(called, asynchronous, stack))];
    }),
});

function isAsynchronous({ urn }: StackResource, stack: StackGraph): Tri {
  if (stack.once(invokeConfigsOf).has(urn)) return true;
  return some((stack.once(callersOf).get(urn) ?? []).map(({ asynchronous }) => asynchronous));
}

function findings(called: StackResource, asynchronous: Tri, stack: StackGraph): Finding[] {
  const configs = stack.once(invokeConfigsOf).get(called.urn) ?? [];
  const kept = some([isGiven(called, property), ...configs.map((config) => isGiven(config, "destinationConfig.onFailure.destination"))]);
  if (kept === true) return [];
  if (asynchronous === undefined) return [{ what: "who calls it is not known yet", property, unknown: true }];
  if (kept === undefined) return [{ what: "where its failed events go is not known yet", property, unknown: true }];
  return [{ what: "it has neither dead letters nor an on-failure destination", property }];
}
