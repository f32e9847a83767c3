import { objectNameIsAccepted as rule } from "../../../../../policy/preflight/rules/kubernetes/object-name-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function named(name: string | null, type = "kubernetes:core/v1:ConfigMap", resource = "settings"): Given {
  return (stack) => stack.add(type, resource, { metadata: { name } });
}

function pods(containers: Inputs["containers"]): Given {
  return (stack) =>
    stack.add(DEPLOYMENT, "orders", { metadata: { name: "orders" }, spec: { template: { spec: { containers: containers ?? [] } } } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with dots": named("settings.v1"),
    "of a role, of which nearly everything is taken": named("system:Orders", "kubernetes:rbac.authorization.k8s.io/v1:Role"),
    "of containers and ports": pods([{ name: "app", ports: [{ name: "http", containerPort: 80 }] }]),
  },
  fail: {
    "with capitals": { given: named("Settings"), says: /its name "Settings" is not made of lower-case letters/ },
    "with an underscore": { given: named("my_settings"), says: /my_settings/ },
    "of a service with a dot": { given: named("orders.v1", "kubernetes:core/v1:Service"), says: /orders\.v1/ },
    "of a namespace of 64 characters": {
      given: named("a".repeat(64), "kubernetes:core/v1:Namespace"),
      says: /has 64 characters, of at most 63/,
    },
    "of a StatefulSet of 53 characters": { given: named("a".repeat(53), "kubernetes:apps/v1:StatefulSet"), says: /of at most 52/ },
    "of a port of 16 characters": {
      given: pods([{ name: "app", ports: [{ name: "a-very-long-port" }] }]),
      says: /the port of app "a-very-long-port" is not up to 15/,
    },
    "of a container with a dot": { given: pods([{ name: "app.v1" }]), says: /the container "app\.v1"/ },
  },
  absent: {
    "which is then made from its resource's": { given: named(null), says: "pass" },
    "which is then made from its resource's, which has capitals": {
      given: named(null, undefined, "mySettings"),
      says: /made from "mySettings", is not made of/,
    },
  },
  unknown: { "while it is not known": named(UNKNOWN), "while a container is not known": pods(UNKNOWN) },
  mutations: {
    "a priority class has capitals": (stack) =>
      stack.set(stack.one("kubernetes:scheduling.k8s.io/v1:PriorityClass"), ["metadata", "name"], "strataCritical"),
    "a container has an underscore in its name": (stack) =>
      stack.set(stack.one(DEPLOYMENT, "statsd"), ["spec", "template", "spec", "containers", 0, "name"], "stats_d"),
  },
};
