import { podBoundsItsResources as rule } from "../../../../../policy/security/rules/kubernetes/pod-bounds-its-resources";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addDeployment, BECAUSE, DEPLOYMENT, deployment, inContainer } from "./pods";

const resources = (limits: Input, requests: Input) => ({ resources: { limits, requests } });
const bounded = resources({ memory: "256Mi" }, { cpu: "100m", memory: "256Mi" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a memory limit and requests": deployment(bounded),
    "with limits alone, which are requests too": deployment(resources({ cpu: 1, memory: "256Mi" }, {})),
    "with those of the pod as a whole": deployment({}, bounded),
    "with a reason": deployment({}, {}, { annotations: { [BECAUSE]: "It measures how much the node has" } }),
  },
  fail: {
    "without a memory limit": {
      given: deployment(resources({}, { cpu: "100m", memory: "256Mi" })),
      says: /pods of orders are not bounded: container app has no memory limit$/,
    },
    "without a CPU request": { given: deployment(resources({ memory: "256Mi" }, {})), says: /: container app has no CPU request$/ },
    "in an init container": {
      given: deployment(bounded, { initContainers: [{ name: "setup" }] }),
      says: /container setup has no memory limit; container setup has no memory request; container setup has no CPU request/,
    },
    "without a CPU request, while its memory is not known": {
      given: deployment(resources({ memory: UNKNOWN }, {})),
      says: /: container app has no CPU request$/,
    },
  },
  absent: { "without resources, which has no bounds": { given: deployment({}), says: /has no memory limit/ } },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while the resources are not known": deployment({ resources: UNKNOWN }),
  },
  mutations: {
    "a service has no memory limit": (stack) => inContainer(stack, DEPLOYMENT, "sessions", ["resources", "limits"], undefined),
    "a service asks for nothing": (stack) => inContainer(stack, DEPLOYMENT, "chat-gateway", ["resources"], { limits: { memory: "512Mi" } }),
  },
};
