import { containerKeepsNoState as rule } from "../../../../policy/architecture/rules/container-keeps-no-state";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function task(inputs: Inputs): Given {
  return (stack) => stack.add(TASK, "orders", inputs);
}

function pod(volume: Json): Given {
  return (stack) =>
    stack.add(DEPLOYMENT, "orders", {
      spec: { template: { spec: { containers: [{ name: "app", volumeMounts: [{ name: "v" }] }], volumes: [volume] } } },
    });
}

const efs = { name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } };

export const cases: RuleCases = {
  rule,
  pass: {
    "with scratch space": task({ volumes: [{ name: "tmp" }] }),
    "with an empty directory of a pod": pod({ name: "v", emptyDir: {} }),
    "a workload that is marked as a store": task({ volumes: [efs], tags: { "strata:store": "true" } }),
  },
  fail: {
    "with a file system that outlives the task": {
      given: task({ volumes: [efs] }),
      says: /orders keeps state: volume data has efsVolumeConfiguration/,
    },
    "with a claim of a pod": { given: pod({ name: "v", persistentVolumeClaim: { claimName: "c" } }), says: /persistentVolumeClaim/ },
  },
  absent: { "of volumes: there are none": { given: task({}), says: "pass" } },
  unknown: { "while the volumes are not known": task({ volumes: UNKNOWN }) },
  mutations: {
    "a Deployment mounts a claim": (stack) => {
      const spec = ["spec", "template", "spec"];
      const sessions = stack.one(DEPLOYMENT, "sessions");
      stack.set(sessions, [...spec, "volumes"], [{ name: "data", persistentVolumeClaim: { claimName: "data" } }]);
      stack.set(stack.one(DEPLOYMENT, "sessions"), [...spec, "containers", 0, "volumeMounts"], [{ name: "data", mountPath: "/data" }]);
    },
    "a task keeps a path of its host": (stack) =>
      stack.set(stack.one(TASK, "recommendations"), "volumes", [{ name: "cache", hostPath: "/var/cache" }]),
  },
};
