import { requestsDoNotExceedLimits as rule } from "../../../../../policy/preflight/rules/kubernetes/requests-do-not-exceed-limits";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function container(requests: Input, limits: Input): Given {
  const containers = [{ name: "app", resources: { requests, limits } }];
  return (stack) => stack.add(DEPLOYMENT, "orders", { spec: { template: { spec: { containers } } } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "as much": container({ cpu: "1000m", memory: "1Gi" }, { cpu: 1, memory: "1024Mi" }),
    less: container({ cpu: "0.1", memory: "512M" }, { cpu: "250m", memory: "512Mi" }),
    "of something without a limit": container({ cpu: "4", memory: "1Gi" }, { memory: "1Gi" }),
  },
  fail: {
    "more CPU": { given: container({ cpu: 1 }, { cpu: "500m" }), says: /container app requests 1 of cpu, its limit is 500m/ },
    "more memory, while its CPU is not known": {
      given: container({ cpu: UNKNOWN, memory: "1Gi" }, { cpu: 1, memory: "1G" }),
      says: /requests 1Gi of memory/,
    },
    "a quantity that is none": {
      given: container({ memory: "512MB" }, {}),
      says: /memory of container app is "512MB", which is no quantity/,
    },
  },
  absent: { "of both": { given: container(null, null), says: "pass" } },
  unknown: {
    "while a limit is not known": container({ cpu: 1 }, { cpu: UNKNOWN }),
    "while the requests are not known": container(UNKNOWN, { cpu: 1 }),
  },
  mutations: {
    "a container may take less than it requests": (stack) =>
      stack.set(stack.one(DEPLOYMENT, "statsd"), ["spec", "template", "spec", "containers", 0, "resources", "limits", "memory"], "128Mi"),
  },
};
