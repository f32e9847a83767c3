import { namespaceEnforcesPodSecurity as rule } from "../../../../../policy/security/rules/kubernetes/namespace-enforces-pod-security";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { BECAUSE, ENFORCE, NAMESPACE } from "./pods";

function namespace(labels: Input, annotations: Inputs = {}): Given {
  return (stack) => stack.add(NAMESPACE, "shop", { metadata: { name: "shop", labels, annotations } });
}
const at = (level: Input): Inputs => ({ [ENFORCE]: level });

export const cases: RuleCases = {
  rule,
  pass: {
    "at restricted": namespace(at("restricted")),
    "at baseline, where that is enough": { given: namespace(at("baseline")), config: { level: "baseline" } },
    "at privileged, with a reason": namespace(at("privileged"), { [BECAUSE]: "Agents look after their nodes" }),
  },
  fail: {
    "at privileged": { given: namespace(at("privileged")), says: /namespace shop takes any pod: .* is not restricted/ },
    "at baseline": { given: namespace(at("baseline")), says: /is not restricted/ },
    "at privileged, where baseline is enough": {
      given: namespace(at("privileged")),
      config: { level: "baseline" },
      says: /is not baseline or restricted/,
    },
    "at a level that there is not": { given: namespace(at("strict")), says: /is not restricted/ },
    "that only warns": { given: namespace({ "pod-security.kubernetes.io/warn": "restricted" }), says: /is not restricted/ },
    "at privileged, with an empty reason": { given: namespace(at("privileged"), { [BECAUSE]: "" }), says: /takes any pod/ },
  },
  absent: {
    "without the label, which refuses nothing": { given: namespace({}), says: /takes any pod/ },
    "without metadata": { given: (stack) => stack.add(NAMESPACE, "shop"), says: /takes any pod/ },
  },
  unknown: {
    "while its labels are not known": namespace(UNKNOWN),
    "while its reason is not known": namespace(at("privileged"), { [BECAUSE]: UNKNOWN }),
  },
  mutations: {
    "the namespace of a service refuses nothing": (stack) =>
      stack.set(stack.one(NAMESPACE, "sessions"), ["metadata", "labels", ENFORCE], undefined),
    "the namespace of a service is at baseline": (stack) =>
      stack.set(stack.one(NAMESPACE, "legacy-erp"), ["metadata", "labels", ENFORCE], "baseline"),
    "the namespace of the node agents gives no reason": (stack) =>
      stack.set(stack.one(NAMESPACE, "nodes"), ["metadata", "annotations"], undefined),
  },
};
