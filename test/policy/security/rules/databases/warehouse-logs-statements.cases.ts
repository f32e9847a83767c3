import { warehouseLogsStatements as rule } from "../../../../../policy/security/rules/databases/warehouse-logs-statements";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given } from "../given";

const CLUSTER = "aws:redshift/cluster:Cluster";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";
const NAME = "enable_user_activity_logging";

export const cases: RuleCases = {
  rule,
  pass: {
    "a cluster whose group says so": (stack) => {
      const group = stack.add("aws:redshift/parameterGroup:ParameterGroup", "orders", { parameters: [{ name: NAME, value: "true" }] });
      return stack.add(CLUSTER, "orders", { clusterParameterGroupName: id(group) });
    },
    "a namespace": given(NAMESPACE, { logExports: ["userlog", "useractivitylog"] }),
  },
  fail: {
    "a workgroup that says otherwise": {
      given: given(WORKGROUP, { configParameters: [{ parameterKey: NAME, parameterValue: "false" }] }),
      says: /orders does not log the statements of its users: enable_user_activity_logging is false/,
    },
    "a namespace that exports others": { given: given(NAMESPACE, { logExports: ["userlog"] }), says: /logExports lacks useractivitylog/ },
  },
  absent: {
    "of a cluster, which does not": { given: given(CLUSTER), says: /nothing sets enable_user_activity_logging/ },
    "of a workgroup, which does": { given: given(WORKGROUP), says: "pass" },
    "of a namespace, which exports nothing": { given: given(NAMESPACE), says: /lacks useractivitylog/ },
  },
  unknown: {
    "while the exports are not known": given(NAMESPACE, { logExports: UNKNOWN }),
    "while a parameter is not known": given(WORKGROUP, { configParameters: [UNKNOWN] }),
    "with a group from outside": given(CLUSTER, { clusterParameterGroupName: "shared" }),
  },
  mutations: {
    "the warehouse does not say what was read": (stack) => stack.set(stack.one(NAMESPACE), "logExports", ["connectionlog", "userlog"]),
    "its workgroup turns the log off": (stack) =>
      stack.set(stack.one(WORKGROUP), ["configParameters", 1], { parameterKey: NAME, parameterValue: "false" }),
  },
};
