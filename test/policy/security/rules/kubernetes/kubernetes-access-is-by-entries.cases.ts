import { kubernetesAccessIsByEntries as rule } from "../../../../../policy/security/rules/kubernetes/kubernetes-access-is-by-entries";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { CLUSTER, cluster } from "./clusters";

const entered = (authenticationMode: Input) => cluster({ accessConfig: { authenticationMode } });

export const cases: RuleCases = {
  rule,
  pass: { "by the API": entered("API") },
  fail: {
    "by both": { given: entered("API_AND_CONFIG_MAP"), says: /main lets the ConfigMap aws-auth .*: authenticationMode is not API/ },
    "by the ConfigMap": { given: entered("CONFIG_MAP"), says: /is not API/ },
  },
  absent: {
    "without accessConfig, which is by the ConfigMap": { given: cluster({}), says: /is not API/ },
    "without a mode": { given: entered(null), says: /is not API/ },
  },
  unknown: { "while the mode is not known": entered(UNKNOWN), "while accessConfig is not known": cluster({ accessConfig: UNKNOWN }) },
  mutations: {
    "aws-auth lets people in again": (stack) => stack.set(stack.one(CLUSTER), ["accessConfig", "authenticationMode"], "API_AND_CONFIG_MAP"),
  },
};
