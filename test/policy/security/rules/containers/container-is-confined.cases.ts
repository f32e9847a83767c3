import { containerIsConfined as rule } from "../../../../../policy/security/rules/containers/container-is-confined";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function task(container: { [key: string]: Json }, extra: Inputs = {}): Given {
  return (stack) =>
    stack.add(TASK, "orders", {
      containerDefinitions: JSON.stringify([{ name: "app", readonlyRootFilesystem: true, ...container }]),
      ...extra,
    });
}

function pod(securityContext: Json): Given {
  return (stack) => stack.add(DEPLOYMENT, "orders", { spec: { template: { spec: { containers: [{ name: "app", securityContext }] } } } });
}

const confined = { privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true };

export const cases: RuleCases = {
  rule,
  pass: {
    "with a read-only root file system": task({}),
    "with a pod that is confined": pod(confined),
    "with a reason": task({ readonlyRootFilesystem: false }, { tags: { "strata:because": "Its vendor writes next to its binary" } }),
  },
  fail: {
    "when a container is privileged": { given: task({ privileged: true }), says: /orders is not confined: container app is privileged/ },
    "when it may run as root": { given: task({ user: "root" }), says: /container app may run as root/ },
    "when a pod may run as root": { given: pod({ ...confined, runAsNonRoot: false }), says: /container app/ },
  },
  absent: {
    "of readonlyRootFilesystem: it is writable": {
      given: task({ readonlyRootFilesystem: null }),
      says: /container app can write to its root file system/,
    },
  },
  unknown: {
    "while the containers are not known": (stack) => stack.add(TASK, "orders", { containerDefinitions: UNKNOWN }),
    "while the security context is not known": pod(UNKNOWN),
  },
  mutations: {
    "a task can write to its root file system": (stack) =>
      stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (containers) =>
        (containers as { [key: string]: Json }[]).map((container) => ({ ...container, readonlyRootFilesystem: false })),
      ),
    "a pod can write to its root file system": (stack) =>
      stack.set(
        stack.one(DEPLOYMENT, "sessions"),
        ["spec", "template", "spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"],
        false,
      ),
  },
};
