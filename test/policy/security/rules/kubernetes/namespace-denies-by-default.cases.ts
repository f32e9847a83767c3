import { namespaceDeniesByDefault as rule } from "../../../../../policy/security/rules/kubernetes/namespace-denies-by-default";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { NAMESPACE } from "./pods";

const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** A namespace with policies. */
function namespace(...specs: readonly Input[]): Given {
  return (stack) => {
    const made = stack.add(NAMESPACE, "shop", { metadata: { name: "shop" } });
    for (const [index, spec] of specs.entries()) stack.add(NETWORK_POLICY, `policy-${index}`, { metadata: { namespace: "shop" }, spec });
    return made;
  };
}
const all = (more: Inputs = {}): Inputs => ({ podSelector: {}, policyTypes: ["Ingress", "Egress"], ...more });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a policy without rules for all pods": namespace(all()),
    "with a policy a direction": namespace(
      { podSelector: {}, policyTypes: ["Ingress"] },
      { podSelector: { matchLabels: {} }, policyTypes: ["Egress"] },
    ),
    "with a policy for all pods that lets them ask for names": namespace(all({ egress: [{ ports: [{ port: 53, protocol: "UDP" }] }] })),
    "with one direction, where no more is asked for": { given: namespace({ podSelector: {} }), config: { directions: ["Ingress"] } },
  },
  fail: {
    "with a policy for some pods": {
      given: namespace({ ...all(), podSelector: { matchLabels: { app: "orders" } } }),
      says: /pods of namespace shop .* are open: no policy for all of them denies Ingress; .* denies Egress/,
    },
    "with a policy of one direction": { given: namespace({ podSelector: {} }), says: /are open: no policy for all of them denies Egress$/ },
    "with a policy that lets everything in": { given: namespace(all({ ingress: [{}] })), says: /denies Ingress/ },
    "with a policy that lets everything out, spelled out": {
      given: namespace(all({ egress: [{ to: [], ports: null }] })),
      says: /denies Egress/,
    },
    "with a policy in another namespace": {
      given: (stack) => {
        stack.add(NETWORK_POLICY, "deny", { metadata: { namespace: "other" }, spec: all() });
        return namespace()(stack);
      },
      says: /denies Ingress/,
    },
  },
  absent: {
    "without policies, which lets everything pass": { given: namespace(), says: /denies Ingress/ },
    "without types, which is Ingress alone": {
      given: namespace({ podSelector: {} }),
      says: /open: no policy for all of them denies Egress$/,
    },
  },
  unknown: {
    "while the policy is not known": namespace(UNKNOWN),
    "while its types are not known": namespace({ ...all(), policyTypes: UNKNOWN }),
    "while a rule of it is not known": namespace(all({ ingress: [UNKNOWN] })),
  },
  mutations: {
    "the namespace of a service denies nothing": (stack) => stack.remove(stack.one(NETWORK_POLICY, "sessions-deny-all")),
    "the namespace of a service lets everything out": (stack) =>
      stack.set(stack.one(NETWORK_POLICY, "legacy-erp-deny-all"), ["spec", "egress"], [{}]),
  },
};
