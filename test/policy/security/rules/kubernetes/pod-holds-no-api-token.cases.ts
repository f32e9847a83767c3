import { podHoldsNoApiToken as rule } from "../../../../../policy/security/rules/kubernetes/pod-holds-no-api-token";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { addDeployment, BECAUSE, DEPLOYMENT, deployment, inPods } from "./pods";

const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";

/** Pods of an account, which says whether its pods hold the token. */
function ofAccount(account: Inputs, pod: Inputs = {}): Given {
  return (stack) => {
    stack.add(ACCOUNT, "orders", { metadata: { name: "orders", namespace: "shop" }, ...account });
    return deployment({}, { serviceAccountName: "orders", ...pod })(stack);
  };
}
/** Pods whose account has a role. */
function bound(subject: Input): Given {
  return (stack) => {
    stack.add(BINDING, "orders", { metadata: { namespace: "shop" }, roleRef: { kind: "Role", name: "orders" }, subjects: [subject] });
    return deployment({}, { serviceAccountName: "orders" })(stack);
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with it off on the pod": deployment({}, { automountServiceAccountToken: false }),
    "with it off on the account": ofAccount({ automountServiceAccountToken: false }),
    "with it off on the pod alone": ofAccount({ automountServiceAccountToken: true }, { automountServiceAccountToken: "false" }),
    "with a role for its account": bound({ kind: "ServiceAccount", name: "orders", namespace: "shop" }),
    "with a role for its account, in the namespace of the binding": bound({ kind: "ServiceAccount", name: "orders" }),
    "with a reason": deployment({}, {}, { annotations: { [BECAUSE]: "It watches Endpoints, by a role of another stack" } }),
  },
  fail: {
    "with it on": {
      given: deployment({}, { automountServiceAccountToken: true }),
      says: /pods of orders hold a token .*: automountServiceAccountToken is not false/,
    },
    "with it on on the pod and off on the account": {
      given: ofAccount({ automountServiceAccountToken: false }, { automountServiceAccountToken: true }),
      says: /hold a token/,
    },
    "with a role for the account of that name in another namespace": {
      given: bound({ kind: "ServiceAccount", name: "orders", namespace: "other" }),
      says: /hold a token/,
    },
  },
  absent: {
    "with nothing said, which mounts it": { given: deployment({}), says: /hold a token/ },
    "with nothing said by the account either": { given: ofAccount({}), says: /hold a token/ },
  },
  unknown: {
    "while the pods are not known": (stack) => addDeployment(stack, UNKNOWN),
    "while the account is not known": deployment({}, { serviceAccountName: UNKNOWN }),
    "while the account does not say yet": ofAccount({ automountServiceAccountToken: UNKNOWN }),
    "while it is not known who has a role": bound(UNKNOWN),
  },
  mutations: {
    "a service holds the token": (stack) => inPods(stack, DEPLOYMENT, "sessions", ["automountServiceAccountToken"], true),
    "neither a service nor its account says no": (stack) => {
      inPods(stack, DEPLOYMENT, "chat-gateway", ["automountServiceAccountToken"], undefined);
      stack.set(stack.one(ACCOUNT, "chat-gateway"), "automountServiceAccountToken", undefined);
    },
  },
};
