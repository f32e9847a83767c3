import { workloadIsNotClusterAdmin as rule } from "../../../../../policy/security/rules/kubernetes/workload-is-not-cluster-admin";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { BECAUSE } from "./pods";

const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";
const ACCOUNT = { kind: "ServiceAccount", name: "orders", namespace: "shop" };

function binding(role: Input, subjects: Input, metadata: Inputs = {}): Given {
  return (stack) => stack.add(BINDING, "orders", { metadata, roleRef: { kind: "ClusterRole", name: role }, subjects });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a group of people": binding("cluster-admin", [{ kind: "Group", name: "platform-engineers" }]),
    "with a reason": binding("cluster-admin", [ACCOUNT], { annotations: { [BECAUSE]: "It deploys everything else" } }),
  },
  fail: {
    "with a service account": {
      given: binding("cluster-admin", [ACCOUNT]),
      says: /orders makes a workload cluster-admin: service account orders/,
    },
    "with every service account": {
      given: binding("cluster-admin", [{ kind: "Group", name: "system:serviceaccounts" }]),
      says: /everyone in system:serviceaccounts/,
    },
    "with one that is not known yet, beside a subject that is not either": {
      given: binding("cluster-admin", [UNKNOWN, { kind: "ServiceAccount", name: UNKNOWN }]),
      says: /: service account that is not known yet$/,
    },
    "in one namespace": {
      given: (stack) =>
        stack.add("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "orders", {
          roleRef: { name: "cluster-admin" },
          subjects: [ACCOUNT],
        }),
      says: /makes a workload cluster-admin/,
    },
  },
  absent: {
    "without subjects": { given: binding("cluster-admin", null), says: "pass" },
    "without a role, which Kubernetes refuses": { given: binding(null, [ACCOUNT]), says: "nothing" },
    "with another role": { given: binding("view", [ACCOUNT]), says: "nothing" },
  },
  unknown: {
    "while the role is not known": binding(UNKNOWN, [ACCOUNT]),
    "while the subjects are not known": binding("cluster-admin", UNKNOWN),
    "while the reason is not known": binding("cluster-admin", [ACCOUNT], { annotations: UNKNOWN }),
  },
  mutations: {
    "a service is bound to cluster-admin": (stack) => {
      stack.add(BINDING, "sessions-admin", {
        metadata: { name: "sessions-admin" },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ kind: "ServiceAccount", name: "sessions", namespace: "svc-sessions" }],
      });
    },
  },
};
