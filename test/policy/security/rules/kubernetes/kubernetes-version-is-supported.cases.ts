import { kubernetesVersionIsSupported as rule } from "../../../../../policy/security/rules/kubernetes/kubernetes-version-is-supported";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { CLUSTER, cluster } from "./clusters";

export const cases: RuleCases = {
  rule,
  pass: {
    "in standard support": cluster({ version: "1.36" }),
    "in extended support": cluster({ version: "1.33" }),
    "on the last day of extended support": { given: cluster({ version: "1.32" }), config: { day: "2027-03-22" } },
  },
  fail: {
    "past extended support": {
      given: cluster({ version: "1.30" }),
      says: /main runs Kubernetes 1.30, whose support ended on 2026-07-23/,
    },
    "on the day its support ends": { given: cluster({ version: "1.32" }), config: { day: "2027-03-23" }, says: /ended on 2027-03-23/ },
    "with a version from long ago": { given: cluster({ version: "1.21" }), says: /1.21, whose support ended long ago/ },
  },
  absent: { "without a version, which is the newest default": { given: cluster({}), says: "pass" } },
  unknown: {
    "while its version is not known": cluster({ version: UNKNOWN }),
    "with a version that came later": cluster({ version: "1.40" }),
    "with a version that is none": cluster({ version: "latest" }),
  },
  mutations: {
    "the cluster stays on a version that is only supported for money, which its cost may allow": (stack) =>
      stack.set(stack.one(CLUSTER), "version", "1.29"),
    "the cluster stays on an old version": (stack) => stack.set(stack.one(CLUSTER), "version", "1.29"),
  },
};
