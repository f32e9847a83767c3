import { clusterHasContainerInsights as rule } from "../../../../../policy/security/rules/containers/cluster-has-container-insights";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";

const CLUSTER = "aws:ecs/cluster:Cluster";
const insights = (value: string): Inputs => ({ name: "containerInsights", value });

function cluster(settings: Input, byAccount?: Inputs): Given {
  return (stack) => {
    if (byAccount) stack.add("aws:ecs/accountSettingDefault:AccountSettingDefault", "account", byAccount);
    return stack.add(CLUSTER, "main", { settings });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it is on": cluster([insights("enabled")]),
    "when it sees more": cluster([insights("enhanced")]),
    "when it is on for the account": cluster(null, insights("enabled")),
  },
  fail: {
    "when it is off": { given: cluster([insights("disabled")]), says: /cluster main has no Container Insights: containerInsights is off/ },
    "when it is off against the account": { given: cluster([insights("disabled")], insights("enabled")), says: /is off/ },
    "when the account turns on something else": {
      given: cluster(null, { name: "awsvpcTrunking", value: "enabled" }),
      says: /settings does not name containerInsights/,
    },
  },
  absent: { "which is off": { given: cluster([]), says: /settings does not name containerInsights/ } },
  unknown: {
    "while its settings are not known": cluster(UNKNOWN),
    "while the value is not known": cluster([insights(UNKNOWN)]),
    "while the name of a setting is not known": cluster([{ name: UNKNOWN, value: "enabled" }]),
    "while the default of the account is not known": cluster(null, insights(UNKNOWN)),
    "while it is not known what a default of the account is of": cluster(null, { name: UNKNOWN, value: "enabled" }),
  },
  mutations: {
    "the cluster has no Container Insights": (stack) => stack.set(stack.one(CLUSTER), "settings", undefined),
    "Container Insights is turned off": (stack) => stack.set(stack.one(CLUSTER), ["settings", 0, "value"], "disabled"),
  },
};
