import { clusterTakesNoExtendedSupport as rule } from "../../../../policy/cost/rules/cluster-takes-no-extended-support";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const CLUSTER = "aws:eks/cluster:Cluster";

function cluster(inputs: Inputs): Given {
  return (stack) => stack.add(CLUSTER, "kubernetes", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with the policy STANDARD": cluster({ upgradePolicy: { supportType: "STANDARD" } }) },
  fail: {
    "with the policy EXTENDED": {
      given: cluster({ upgradePolicy: { supportType: "EXTENDED" } }),
      says: /kubernetes stays on its version when standard support ends: upgradePolicy.supportType is not STANDARD/,
    },
  },
  absent: { "without a policy, which is EXTENDED": { given: cluster({}), says: /not STANDARD/ } },
  unknown: { "while the policy is not known": cluster({ upgradePolicy: UNKNOWN }) },
  mutations: {
    "the cluster names no upgrade policy": (stack) => stack.set(stack.one(CLUSTER), "upgradePolicy", undefined),
    "the cluster takes extended support": (stack) => stack.set(stack.one(CLUSTER), ["upgradePolicy", "supportType"], "EXTENDED"),
  },
};
