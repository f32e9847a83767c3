import { workloadHasLogRoute as rule } from "../../../../policy/architecture/rules/workload-has-log-route";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const POLICY = "aws:cloudwatch/logAccountPolicy:LogAccountPolicy";

/** A task that writes to a log group, and a policy of the account. */
function task(policy: Inputs | undefined, logConfiguration: Json, tags: Inputs = {}): Given {
  return (stack) => {
    stack.add("aws:cloudwatch/logGroup:LogGroup", "orders", { name: "/orders" });
    if (policy !== undefined) stack.add(POLICY, "all", policy);
    return stack.add(TASK, "orders", { tags, containerDefinitions: JSON.stringify([{ name: "app", logConfiguration }]) });
  };
}

const awslogs = { logDriver: "awslogs", options: { "awslogs-group": "/orders" } };
const account = { policyType: "SUBSCRIPTION_FILTER_POLICY", policyDocument: "{}" };

export const cases: RuleCases = {
  rule,
  pass: {
    "when a policy of the account takes its group": task(account, awslogs),
    "when it says why it needs none": task(undefined, awslogs, { "strata:because": "it carries the logs of the others" }),
  },
  fail: {
    "without a subscription": {
      given: task(undefined, awslogs),
      says: /container app writes to log group \/orders, which has no subscription/,
    },
    "when the policy leaves its group out": {
      given: task({ ...account, selectionCriteria: 'LogGroupName NOT IN ["/orders"]' }, awslogs),
      says: /has no subscription/,
    },
  },
  absent: { "of a log driver: the lines stay on the host": { given: task(account, null), says: /off its host/ } },
  unknown: {
    "while it is not known what the policy takes": task({ ...account, selectionCriteria: UNKNOWN }, awslogs),
  },
  silentWhileUnknown: { containerDefinitions: "service-has-logs tells of containers that are not known" },
  mutations: {
    "the subscription of the account is gone": (stack) => stack.remove(stack.one(POLICY)),
    "the subscription of the account leaves a service out": (stack) => {
      const group = stack.one("aws:cloudwatch/logGroup:LogGroup", /::orders$/);
      stack.set(stack.one(POLICY), "selectionCriteria", `LogGroupName NOT IN ["${String(group.outputs?.["name"])}"]`);
    },
  },
};
