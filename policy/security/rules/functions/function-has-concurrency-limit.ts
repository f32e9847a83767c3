import { z } from "zod";
import { LAMBDA_LIMITS } from "../../../../facts/limits-lambda";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { callersOf } from "../../../lib/functions/callers";
import { durableFunctionVerdicts } from "../../../lib/functions/functions";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const property = "reservedConcurrentExecutions";

/**
 * Of durable environments, and of functions that something of the stack calls whenever it likes: an API, an event, a schedule.
 * What a queue or a stream feeds is bounded by its pollers, and takes nothing from others that it could not take anyway.
 */
export const functionHasConcurrencyLimit = stackRule({
  id: "function-has-concurrency-limit",
  title: "Every durable function that others call has a concurrency of its own",
  severity: "medium",
  why: `All functions of a region share ${LAMBDA_LIMITS.concurrency.value} environments: a flood of calls to one starves every other, and the databases behind it.`,
  fix: "Set reservedConcurrentExecutions to what the function needs at its peak.",
  links: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_115" }],
  config: z.strictObject(DURABLE_CONFIG),
  check: (stack, { durable }) => {
    const callers = stack.once(callersOf);
    const fault = "can take the concurrency of every other function";
    return durableFunctionVerdicts(stack, ({ urn }) => callers.has(urn), unlessReserved, fault, durable);
  },
});

/** The provider's -1 is no limit; 0 is one, of a function that is turned off. */
function unlessReserved(called: StackResource): Finding[] {
  const reading = read(called, property);
  if (reading.state === "unknown") return [notKnown(property)];
  return (number(reading) ?? -1) >= 0 ? [] : [{ what: `${property} is not set`, property }];
}
