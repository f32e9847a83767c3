import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { isGiven } from "../../../lib/given";
import type { Reference, StackGraph } from "../../../lib/graph";
import type { StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";

const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const DESTINATION = "destinationArn";
const ROLE = "roleArn";
const STREAMS = ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "aws:kinesis/stream:Stream"];
const FUNCTIONS = ["aws:lambda/function:Function", "aws:lambda/alias:Alias"];

/** Looks at the whole stack, which has the destination; one from outside says by its ARN what it is. Left out, there is no role. */
export const logSubscriptionHasRole = stackRule({
  id: "log-subscription-has-role",
  title: "A subscription of a log group to a stream has the role that it writes by, and one to a function has none",
  severity: "high",
  why: "CloudWatch Logs writes to a stream as a role, and calls a function by the function's own permission; it refuses the subscription otherwise.",
  fix: `Set ${ROLE} to a role that logs.amazonaws.com may assume and that may put records; leave it out for a function.`,
  links: ["https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html"],
  frameworks: [],
  check: (stack) => stack.ofType(FILTER).map((filter) => refused(filter, findings(filter, stack))),
});

function findings(filter: StackResource, stack: StackGraph): Finding[] {
  const reference = stack.reference(filter, DESTINATION, [...STREAMS, ...FUNCTIONS]);
  if (reference === undefined) return [{ what: `${DESTINATION} is absent`, property: DESTINATION }];
  const kind = kindOf(reference);
  if (kind === undefined) return [notKnown(DESTINATION)];
  const role = isGiven(filter, ROLE);
  if (role === undefined && kind !== "other") return [notKnown(ROLE)];
  if (kind === "stream" && role === false) return [{ what: `it writes to a stream and ${ROLE} is absent`, property: ROLE }];
  return kind === "function" && role === true ? [{ what: `it calls a function and ${ROLE} is set`, property: ROLE }] : [];
}

/** `other`: a destination of another account, which has a role of its own. */
function kindOf(reference: Reference): "stream" | "function" | "other" | undefined {
  if (reference.kind === "unknown") return undefined;
  if (reference.kind === "resource") return STREAMS.includes(reference.resource.type) ? "stream" : "function";
  if (/^arn:[^:]+:(firehose|kinesis):/.test(reference.id)) return "stream";
  return /^arn:[^:]+:lambda:/.test(reference.id) ? "function" : "other";
}
