import { codeRunsOnArm as rule } from "../../../../policy/cost/rules/code-runs-on-arm";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const LAMBDA = "aws:lambda/function:Function";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const POOL = "kubernetes:karpenter.sh/v1:NodePool";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

const fargate = (runtimePlatform: Inputs): Inputs => ({ requiresCompatibilities: ["FARGATE"], runtimePlatform });
const pool = (values: Inputs[string]): Inputs => ({
  spec: { template: { spec: { requirements: [{ key: "kubernetes.io/arch", operator: "In", values }] } } },
});

export const cases: RuleCases = {
  rule,
  pass: {
    "with a function on arm64": of(LAMBDA, { architectures: ["arm64"] }),
    "with a function whose tag says why it is on x86": of(LAMBDA, { tags: { "strata:because": "its vendor ships x86 only" } }),
    "with a task on ARM64": of(TASK, fargate({ cpuArchitecture: "ARM64" })),
    "with nodes of both architectures": of(POOL, pool(["amd64", "arm64"])),
    "with nodes of any architecture": of(POOL, { spec: { template: { spec: { requirements: [] } } } }),
  },
  fail: {
    "with a function on x86_64": { given: of(LAMBDA, { architectures: ["x86_64"] }), says: /orders runs on x86: architectures is x86_64/ },
    "with an empty tag, which is no reason": { given: of(LAMBDA, { tags: { "strata:because": "" } }), says: /x86/ },
    "with a task on X86_64": { given: of(TASK, fargate({ cpuArchitecture: "X86_64" })), says: /cpuArchitecture is X86_64/ },
    "with nodes of amd64 alone": { given: of(POOL, pool(["amd64"])), says: /kubernetes.io\/arch is amd64/ },
  },
  absent: {
    "with a function that names no architecture, which is x86_64": { given: of(LAMBDA, {}), says: /which is x86_64/ },
    "with a task that names no platform, which is X86_64": {
      given: of(TASK, { requiresCompatibilities: ["FARGATE"] }),
      says: /which is X86_64/,
    },
    "with a task on instances, which have their own": { given: of(TASK, { requiresCompatibilities: ["EC2"] }), says: "nothing" },
    "with Windows, which only runs on x86": {
      given: of(TASK, fargate({ operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" })),
      says: "nothing",
    },
  },
  unknown: {
    "while the architecture of a function is not known": of(LAMBDA, { architectures: [UNKNOWN] }),
    "while that of a task is not known": of(TASK, fargate({ cpuArchitecture: UNKNOWN })),
    "while it is not known whether a task runs on Fargate": of(TASK, { requiresCompatibilities: UNKNOWN }),
    "while it is not known what a requirement of a pool is about": of(POOL, {
      spec: { template: { spec: { requirements: [{ key: UNKNOWN, operator: "In", values: ["amd64"] }] } } },
    }),
    "while the requirements of a pool are not known": of(POOL, { spec: { template: { spec: { requirements: UNKNOWN } } } }),
    "while it is not known whether a tag says why": of(LAMBDA, { tags: UNKNOWN }),
  },
  mutations: {
    "a function is built for x86": (stack) => stack.set(stack.one(LAMBDA, "thumbnails"), "architectures", ["x86_64"]),
    "a task runs on x86": (stack) => stack.set(stack.one(TASK, "orders"), ["runtimePlatform", "cpuArchitecture"], "X86_64"),
  },
};
