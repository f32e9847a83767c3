import { workloadHasOwnNamespace as rule } from "../../../../../policy/security/rules/kubernetes/workload-has-own-namespace";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { DEPLOYMENT, deployment, NAMESPACE } from "./pods";

const PROVIDER = "pulumi:providers:kubernetes";
const inNamespace = (namespace: Input) => deployment({}, {}, { namespace });

export const cases: RuleCases = {
  rule,
  pass: {
    "in a namespace": inNamespace("shop"),
    "in that of its provider": (stack) => stack.addManaged(stack.add(PROVIDER, "cluster", { namespace: "shop" }), DEPLOYMENT, "orders"),
    "in one that the provider names": {
      known: false,
      given: (stack) => {
        const namespace = stack.add(NAMESPACE, "shop");
        const workload = stack.add(DEPLOYMENT, "orders", { metadata: { namespace: UNKNOWN } });
        const changed = { ...workload, propertyDependencies: { metadata: [namespace.urn] } };
        stack.resources[stack.resources.indexOf(workload)] = changed;
        return changed;
      },
    },
  },
  fail: {
    "in default": { given: inNamespace("default"), says: /orders runs in the namespace default/ },
    "in default, by its provider": {
      given: (stack) => stack.addManaged(stack.add(PROVIDER, "cluster", { namespace: "default" }), DEPLOYMENT, "orders"),
      says: /namespace default/,
    },
  },
  absent: {
    "without one, which is default": { given: (stack) => stack.add(DEPLOYMENT, "orders"), says: /namespace default/ },
    "without one, by a provider without one": {
      given: (stack) => stack.addManaged(stack.add(PROVIDER, "cluster"), DEPLOYMENT, "orders"),
      says: /namespace default/,
    },
  },
  unknown: {
    "while its namespace is not known": inNamespace(UNKNOWN),
    "while that of its provider is not known": (stack) =>
      stack.addManaged(stack.add(PROVIDER, "cluster", { namespace: UNKNOWN }), DEPLOYMENT, "orders"),
  },
  mutations: {
    "a program of the visibility layer is in default": (stack) =>
      stack.set(stack.one(DEPLOYMENT, "graphite-web"), ["metadata", "namespace"], "default"),
  },
};
