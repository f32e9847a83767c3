import { serviceHasHealthCheck as rule } from "../../../../policy/architecture/rules/service-has-health-check";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const GROUP = "aws:lb/targetGroup:TargetGroup";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function group(inputs: Inputs): Given {
  return (stack) => stack.add(GROUP, "orders", { protocol: "HTTP", targetType: "ip", ...inputs });
}

function pod(container: { [key: string]: Json }): Given {
  return (stack) => stack.add(DEPLOYMENT, "orders", { spec: { template: { spec: { containers: [{ name: "app", ...container }] } } } });
}

const ports = [{ containerPort: 8080 }];

export const cases: RuleCases = {
  rule,
  pass: {
    "with a path": group({ healthCheck: { path: "/health" } }),
    "with a readiness probe": pod({ ports, readinessProbe: { tcpSocket: { port: 8080 } } }),
  },
  fail: {
    "with the check turned off": { given: group({ healthCheck: { enabled: false, path: "/" } }), says: /healthCheck.enabled is false/ },
    "with a liveness probe only": {
      given: pod({ ports, livenessProbe: { tcpSocket: { port: 8080 } } }),
      says: /container app has ports and no readinessProbe/,
    },
  },
  absent: { "of a path: none that says that the service is well": { given: group({}), says: /healthCheck.path is not set/ } },
  unknown: {
    "while the check is not known": group({ healthCheck: UNKNOWN }),
    "while the probe is not known": pod({ ports, readinessProbe: UNKNOWN }),
  },
  mutations: {
    "a target group without a health check": (stack) => stack.set(stack.one(GROUP, "orders"), ["healthCheck", "path"], undefined),
    "a Deployment without a readiness probe": (stack) =>
      stack.set(stack.one(DEPLOYMENT, "sessions"), ["spec", "template", "spec", "containers", 0, "readinessProbe"], undefined),
  },
};
