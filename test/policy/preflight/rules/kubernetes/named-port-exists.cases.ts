import { namedPortExists as rule } from "../../../../../policy/preflight/rules/kubernetes/named-port-exists";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import type { StackResource } from "../../../../../policy/lib/resource";
import { type Input, type Inputs, type TestStack } from "../../../stack";

const SERVICE = "kubernetes:core/v1:Service";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const LABELS = { app: "orders" };
const PORTS = [{ name: "http", containerPort: 8080 }];

function workload(stack: TestStack, ports: Input, port?: Input, namespace = "shop"): StackResource {
  const probe: Inputs = port === undefined ? {} : { readinessProbe: { httpGet: { path: "/", port } } };
  const template = { metadata: { labels: LABELS }, spec: { containers: [{ name: "app", ports, ...probe }] } };
  return stack.add(DEPLOYMENT, "orders", { metadata: { namespace }, spec: { template } });
}

function probed(port: Input, ports: Input = PORTS): Given {
  return (stack) => workload(stack, ports, port);
}

/** A service in front of a workload. */
function service(targetPort: Input | undefined, ports: Input = PORTS, selector: Input = LABELS, namespace = "shop"): Given {
  return (stack) => {
    workload(stack, ports, undefined, namespace);
    const port = { port: 80, ...(targetPort !== undefined && { targetPort }) };
    return stack.add(SERVICE, "orders", { metadata: { namespace: "shop" }, spec: { selector, ports: [port] } });
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "in a probe": probed("http"), "in a service": service("http") },
  fail: {
    "in a probe": { given: probed("health"), says: /a probe of orders never succeeds: container app has no port called health/ },
    "in a service": { given: service("web"), says: /orders leads nowhere: no container of orders has a port called web/ },
  },
  absent: {
    "of a name: the number is no name": { given: service(8080), says: "nothing" },
    "of a target port, which is then the number of the port": { given: service(undefined), says: "nothing" },
    "of ports of the container": { given: probed("http", null), says: /no port called http/ },
    "of a workload in its namespace": { given: service("web", PORTS, LABELS, "other"), says: "nothing" },
  },
  unknown: {
    "while the port is not known": probed(UNKNOWN),
    "while the ports of the container are not known": service("http", UNKNOWN),
    "while the selector is not known": service("http", PORTS, UNKNOWN),
  },
  mutations: {
    "a service names a port that there is not": (stack) =>
      stack.set(stack.one(SERVICE, /Service::.*loki$/), ["spec", "ports", 1, "targetPort"], "grpcs"),
  },
};
