import { warehouseRoutesThroughVpc as rule } from "../../../../../policy/security/rules/databases/warehouse-routes-through-vpc";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const CLUSTER = "aws:redshift/cluster:Cluster";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
const FLAG = "enhancedVpcRouting";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(CLUSTER, { [FLAG]: true }), "a workgroup with it on": given(WORKGROUP, { [FLAG]: true }) },
  fail: { "with it off": { given: given(CLUSTER, { [FLAG]: false }), says: /orders sends data past its VPC/ } },
  absent: { "without the flag, which is off": { given: given(WORKGROUP), says: /enhancedVpcRouting is off/ } },
  unknown: { "while the flag is not known": given(CLUSTER, { [FLAG]: UNKNOWN }) },
  mutations: { "the warehouse unloads past its VPC": (stack) => stack.set(stack.one(WORKGROUP), FLAG, false) },
};
