import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { NOTIFICATION, TARGET_LISTS } from "../../../lib/functions/notifications";
import { namedFunction } from "../../../lib/functions/sources";
import type { StackGraph } from "../../../lib/graph";
import { elements, read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { waitsFor } from "../../../lib/waits";

const PERMISSION = "aws:lambda/permission:Permission";
const ALIAS = "aws:lambda/alias:Alias";
const FUNCTION = "aws:lambda/function:Function";
const S3 = "s3.amazonaws.com";

/** What lets S3 send to each kind of target: the resource that holds the policy, and the path by which it names the target. */
const POLICIES = {
  queues: { types: ["aws:sqs/queue:Queue"], policy: "aws:sqs/queuePolicy:QueuePolicy", names: "queueUrl" },
  topics: { types: ["aws:sns/topic:Topic"], policy: "aws:sns/topicPolicy:TopicPolicy", names: "arn" },
} as const;

/** Looks at notifications that name targets of the stack. What a policy says is another matter: here it must be there first. */
export const notificationWaitsForItsPermission = stackRule({
  id: "notification-waits-for-its-permission",
  title: "A bucket's notification waits for what lets S3 send to its targets",
  severity: "high",
  why: "S3 tries every target when the notification is made, and refuses those it may not send to yet: one of two runs fails.",
  fix: "Make a lambda.Permission for s3.amazonaws.com, a QueuePolicy or a TopicPolicy, and give the notification dependsOn with it.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"],
  frameworks: [],
  check: (stack) => stack.ofType(NOTIFICATION).flatMap((notification) => verdicts(notification, stack)),
});

function verdicts(notification: StackResource, graph: StackGraph): Verdict[] {
  const used = TARGET_LISTS.filter(({ list }) => elements(read(notification, list)).length > 0);
  if (used.length === 0) return [];
  const findings = used.flatMap(({ list, target }) => {
    if (read(notification, list).state === "unknown") return [notKnown(list)];
    return list === "lambdaFunctions"
      ? functionFindings(notification, graph)
      : targetFindings(notification, list, `${list}[*].${target}`, graph);
  });
  return [judge(notification, `S3 refuses ${notification.name}`, findings)];
}

function functionFindings(notification: StackResource, graph: StackGraph): Finding[] {
  const property = "lambdaFunctions";
  const path = `${property}[*].lambdaFunctionArn`;
  return graph.references(notification, path, [FUNCTION, ALIAS]).flatMap((reference): Finding[] => {
    if (reference.kind === "external") return [];
    if (reference.kind === "unknown") return [notKnown(property)];
    const found = reference.resource.type === ALIAS ? namedFunction(reference.resource, "functionName", graph) : reference;
    if (found.kind === "unknown") return [notKnown(property)];
    if (found.kind === "external") return [];
    const { resource } = found;
    const permissions = [resource, ...graph.referring(resource, "functionName", [ALIAS])]
      .flatMap((called) => graph.referring(called, "function", [PERMISSION]))
      .filter((permission) => isOfS3(permission) !== false);
    return waiting(notification, resource, permissions, "permission for S3", property, graph);
  });
}

/** Whether a permission lets S3 call; a queue's or a topic's policy is taken to. */
function isOfS3(permit: StackResource): Tri {
  if (permit.type !== PERMISSION) return true;
  const principal = read(permit, "principal");
  return principal.state === "unknown" ? undefined : text(principal) === S3;
}

function targetFindings(notification: StackResource, list: keyof typeof POLICIES, path: string, graph: StackGraph): Finding[] {
  const { types, policy, names } = POLICIES[list];
  return graph.references(notification, path, types).flatMap((target): Finding[] => {
    if (target.kind === "external") return [];
    if (target.kind === "unknown") return [notKnown(list)];
    if (read(target.resource, "policy").state !== "absent") return [];
    return waiting(notification, target.resource, graph.referring(target.resource, names, [policy]), "policy", list, graph);
  });
}

function waiting(
  notification: StackResource,
  target: StackResource,
  permits: readonly StackResource[],
  what: string,
  property: string,
  graph: StackGraph,
): Finding[] {
  if (permits.length === 0) return [{ what: `${target.name} has no ${what}`, property }];
  const waits = some(permits.map((permit) => waitsFor(notification, new Set([permit.urn]), graph) && isOfS3(permit)));
  if (waits === undefined) return [{ what: `who the permission of ${target.name} is for is not known yet`, property, unknown: true }];
  return waits ? [] : [{ what: `it does not wait for the ${what} of ${target.name}`, property }];
}
