import { UNKNOWN } from "../../../../../policy/lib/resource";
import { serverlessWarehouseSpansZones as rule } from "../../../../../policy/preflight/rules/databases/serverless-warehouse-spans-zones";
import { type Given, type RuleCases } from "../../../cases";
import { subnetIds } from "../../given";

const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";

function workgroup(zones: string): Given {
  return (stack) => stack.add(WORKGROUP, "sales", { subnetIds: subnetIds(stack, zones) });
}

export const cases: RuleCases = {
  rule,
  pass: { "in three zones": workgroup("abc"), "in three zones, not made yet": { given: workgroup("abc"), known: false } },
  fail: {
    "in two zones": { given: workgroup("ab"), says: /it has 2 subnets where 3 are needed/ },
    "with three subnets in two zones": { given: workgroup("abb"), known: false, says: /stand in eu-west-1a and eu-west-1b, and 3 zones/ },
  },
  absent: { "in the default VPC": { given: (stack) => stack.add(WORKGROUP, "sales", {}), says: "nothing" } },
  unknown: {
    "in zones that are not known": workgroup("ab."),
    "while the subnets are not known": (stack) => stack.add(WORKGROUP, "sales", { subnetIds: UNKNOWN }),
  },
  mutations: {
    "the warehouse is given two subnets": (stack) => {
      const changed = stack.one(WORKGROUP);
      const ids = changed.inputs["subnetIds"];
      stack.set(changed, "subnetIds", Array.isArray(ids) ? ids.slice(0, 2) : []);
    },
  },
};
