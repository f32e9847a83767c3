import { notificationWaitsForItsPermission as rule } from "../../../../../policy/preflight/rules/functions/notification-waits-for-its-permission";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import type { StackResource } from "../../../../../policy/lib/resource";
import { arn, id, type Inputs, type TestStack } from "../../../stack";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";
const EVENTS = ["s3:ObjectCreated:*"];

type Target = "function" | "alias" | "queue" | "topic";

function entry(stack: TestStack, target: Target): { inputs: Inputs; permits: () => StackResource } {
  if (target === "queue") {
    const queue = stack.add("aws:sqs/queue:Queue", "arrivals");
    return {
      inputs: { queues: [{ events: EVENTS, queueArn: arn(queue) }] },
      permits: () => stack.add("aws:sqs/queuePolicy:QueuePolicy", "arrivals", { queueUrl: id(queue) }),
    };
  }
  if (target === "topic") {
    const topic = stack.add("aws:sns/topic:Topic", "arrivals");
    return {
      inputs: { topics: [{ events: EVENTS, topicArn: arn(topic) }] },
      permits: () => stack.add("aws:sns/topicPolicy:TopicPolicy", "arrivals", { arn: arn(topic) }),
    };
  }
  const lambda = stack.add("aws:lambda/function:Function", "arrivals");
  const called = target === "alias" ? stack.add("aws:lambda/alias:Alias", "live", { functionName: arn(lambda) }) : lambda;
  return {
    inputs: { lambdaFunctions: [{ events: EVENTS, lambdaFunctionArn: arn(called) }] },
    permits: () => stack.add("aws:lambda/permission:Permission", "arrivals", { function: arn(lambda), principal: "s3.amazonaws.com" }),
  };
}

function sends(target: Target, how: "waits" | "races" | "unpermitted"): Given {
  return (stack: TestStack) => {
    const { inputs, permits } = entry(stack, target);
    const permit = how === "unpermitted" ? undefined : permits();
    const made = stack.add(NOTIFICATION, "uploads", { bucket: "uploads", ...inputs });
    const waiting = { ...made, dependencies: [...made.dependencies, ...(how === "waits" && permit !== undefined ? [permit.urn] : [])] };
    stack.resources.splice(stack.resources.indexOf(made), 1, waiting);
    return waiting;
  };
}

/** Two entries for one queue. */
function twice(stack: TestStack): StackResource {
  const queue = stack.add("aws:sqs/queue:Queue", "arrivals");
  const policy = stack.add("aws:sqs/queuePolicy:QueuePolicy", "arrivals", { queueUrl: id(queue) });
  const queues = ["in/", "out/"].map((filterPrefix) => ({ events: EVENTS, filterPrefix, queueArn: arn(queue) }));
  const made = stack.add(NOTIFICATION, "uploads", { bucket: "uploads", queues });
  const waiting = { ...made, dependencies: [...made.dependencies, policy.urn] };
  stack.resources.splice(stack.resources.indexOf(made), 1, waiting);
  return waiting;
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of a function": sends("function", "waits"),
    "of a function that is not made yet": { given: sends("function", "waits"), known: false },
    "of an alias": sends("alias", "waits"),
    "of a queue that is not made yet": { given: sends("queue", "waits"), known: false },
    "of a topic": sends("topic", "waits"),
    "of a queue that two entries name, before it is made": { given: twice, known: false },
  },
  fail: {
    "of a function, which it does not wait for": {
      given: sends("function", "races"),
      known: false,
      says: /does not wait for the permission for S3 of arrivals/,
    },
    "of an alias, which it does not wait for": { given: sends("alias", "races"), says: /does not wait/ },
    "of a queue, which it does not wait for": { given: sends("queue", "races"), says: /does not wait for the policy of arrivals/ },
  },
  absent: {
    "of a function's permission": {
      given: sends("function", "unpermitted"),
      says: /S3 refuses uploads: arrivals has no permission for S3/,
    },
    "of a topic's policy": { given: sends("topic", "unpermitted"), says: /arrivals has no policy/ },
    "of a target": { given: (stack) => stack.add(NOTIFICATION, "uploads", { bucket: "uploads", eventbridge: true }), says: "nothing" },
  },
  unknown: {
    "while it is not known whom the permission is for": (stack) => {
      const lambda = stack.add("aws:lambda/function:Function", "arrivals");
      const permission = stack.add("aws:lambda/permission:Permission", "arrivals", { function: arn(lambda), principal: UNKNOWN });
      const lambdaFunctions = [{ events: EVENTS, lambdaFunctionArn: arn(lambda) }];
      const made = stack.add(NOTIFICATION, "uploads", { bucket: "uploads", lambdaFunctions });
      const waiting = { ...made, dependencies: [...made.dependencies, permission.urn] };
      stack.resources.splice(stack.resources.indexOf(made), 1, waiting);
      return waiting;
    },
    "while a list is not known": (stack) => stack.add(NOTIFICATION, "uploads", { bucket: "uploads", queues: UNKNOWN }),
    "while a target is not known": (stack) => stack.add(NOTIFICATION, "uploads", { bucket: "uploads", queues: [{ queueArn: UNKNOWN }] }),
  },
  mutations: {
    "a notification does not wait for the policy of its queue": (stack) => {
      const notification = stack.one(NOTIFICATION, "access-logs");
      const dependencies = notification.dependencies.filter((urn) => !urn.includes("queuePolicy"));
      const propertyDependencies = Object.fromEntries(
        Object.entries(notification.propertyDependencies).map(([key, urns]) => [key, urns.filter((urn) => !urn.includes("queuePolicy"))]),
      );
      stack.replace(notification, { dependencies, propertyDependencies });
    },
  },
};
