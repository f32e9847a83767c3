import { rbacNamesWhatItAllows as rule } from "../../../../../policy/security/rules/kubernetes/rbac-names-what-it-allows";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { BECAUSE } from "./pods";

const ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const CLUSTER_ROLE = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const narrow = { apiGroups: [""], resources: ["endpoints"], verbs: ["get", "watch"] };

function role(rules: Input, metadata: Inputs = {}): Given {
  return (stack) => stack.add(ROLE, "orders", { metadata: { name: "orders", ...metadata }, rules });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "that names what it allows": role([narrow]),
    "with a reason": role([{ ...narrow, verbs: ["*"] }], { annotations: { [BECAUSE]: "It is the operator of this kind" } }),
  },
  fail: {
    "with all verbs": { given: role([{ ...narrow, verbs: ["*"] }]), says: /role orders allows more than it names: verbs of a rule is \*/ },
    "with all resources": { given: role([{ ...narrow, resources: ["*"] }]), says: /resources of a rule is \*/ },
    "with all groups, beside a rule that is not known": {
      given: role([UNKNOWN, { ...narrow, apiGroups: ["*"] }]),
      says: /: apiGroups of a rule is \*$/,
    },
    "of the whole cluster": {
      given: (stack) => stack.add(CLUSTER_ROLE, "admin", { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] }),
      says: /apiGroups of a rule is \*; resources of a rule is \*; verbs of a rule is \*/,
    },
  },
  absent: { "without rules, which allows nothing": { given: role(null), says: "pass" } },
  unknown: {
    "while its rules are not known": role(UNKNOWN),
    "while a verb is not known": role([{ ...narrow, verbs: ["get", UNKNOWN] }]),
  },
  mutations: {
    "a role reads every secret and everything else": (stack) => {
      stack.add(CLUSTER_ROLE, "debug", {
        metadata: { name: "debug" },
        rules: [{ apiGroups: [""], resources: ["*"], verbs: ["get", "list"] }],
      });
    },
  },
};
