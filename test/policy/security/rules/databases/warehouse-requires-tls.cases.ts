import { warehouseRequiresTls as rule } from "../../../../../policy/security/rules/databases/warehouse-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input, type TestStack } from "../../../stack";
import { type StackResource } from "../../../../../policy/lib/resource";
import { id } from "../../../stack";
import { given } from "../given";
import { fineStores } from "./fine";

const CLUSTER = "aws:redshift/cluster:Cluster";
const GROUP = "aws:redshift/parameterGroup:ParameterGroup";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";

function grouped(parameters: Input, family = "redshift-1.0"): (stack: TestStack) => StackResource {
  return (stack) => stack.add(CLUSTER, "orders", { clusterParameterGroupName: id(stack.add(GROUP, "orders", { family, parameters })) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "a cluster whose group says so": grouped([{ name: "require_ssl", value: "true" }]),
    "a cluster whose group is not made yet": { given: grouped([{ name: "require_ssl", value: true }]), known: false },
    "a cluster of the newer family": grouped([], "redshift-2.0"),
    "a cluster with the newer default group": given(CLUSTER, { clusterParameterGroupName: "default.redshift-2.0" }),
    "a workgroup": given(WORKGROUP, { configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }] }),
  },
  fail: {
    "a cluster whose group says otherwise": {
      given: grouped([{ name: "require_ssl", value: "false" }], "redshift-2.0"),
      says: /orders takes connections in the clear: require_ssl is false/,
    },
    "a cluster of the older family": { given: grouped([]), says: /nothing sets require_ssl/ },
    "a cluster with the older default group": {
      given: given(CLUSTER, { clusterParameterGroupName: "default.redshift-1.0" }),
      says: /nothing sets/,
    },
    "a workgroup that says otherwise": {
      given: given(WORKGROUP, { configParameters: [{ parameterKey: "require_ssl", parameterValue: "false" }] }),
      says: /require_ssl is false/,
    },
  },
  absent: {
    "without a group, for which AWS takes the newer one": { given: given(CLUSTER), says: "pass" },
    "of a workgroup, which requires it": { given: given(WORKGROUP), says: "pass" },
  },
  unknown: {
    "while the value is not known": grouped([{ name: "require_ssl", value: UNKNOWN }]),
    "while the family of the group is not known": grouped([], UNKNOWN),
    "while the parameters are not known": given(WORKGROUP, { configParameters: UNKNOWN }),
    "with a group from outside": given(CLUSTER, { clusterParameterGroupName: "shared" }),
  },
  mutations: {
    "the warehouse takes plain connections": (stack) => {
      const workgroup = stack.one(WORKGROUP);
      stack.set(workgroup, "configParameters", [
        { parameterKey: "require_ssl", parameterValue: "false" },
        { parameterKey: "enable_user_activity_logging", parameterValue: "true" },
      ]);
    },
    "a cluster is added that does": (stack) => void fineStores(stack).warehouse({}, { require_ssl: "false" }),
  },
};
