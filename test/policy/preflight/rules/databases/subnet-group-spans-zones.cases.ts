import { UNKNOWN } from "../../../../../policy/lib/resource";
import { subnetGroupSpansZones as rule } from "../../../../../policy/preflight/rules/databases/subnet-group-spans-zones";
import { type Given, type RuleCases } from "../../../cases";
import { subnetIds } from "../../given";

const GROUP = "aws:rds/subnetGroup:SubnetGroup";

function group(zones: string): Given {
  return (stack) => stack.add(GROUP, "orders", { subnetIds: subnetIds(stack, zones) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with subnets in two zones": group("ab"),
    "with one zone that is not known among two that are": group("ab."),
    "with subnets that are not made yet": { given: group("ab"), known: false },
  },
  fail: {
    "with two subnets in one zone": { given: group("aa"), says: /its 2 subnets stand in eu-west-1a, and 2 zones are needed/ },
    "with two subnets in one zone that are not made yet": { given: group("aa"), known: false, says: /eu-west-1a/ },
    "with one subnet": { given: group("a"), says: /it has one subnet where 2 are needed/ },
    "with the same subnet twice": {
      given: (stack) => stack.add(GROUP, "orders", { subnetIds: ["subnet-1", "subnet-1"] }),
      says: /one subnet/,
    },
  },
  absent: { "with no subnets": { given: (stack) => stack.add(GROUP, "orders", { subnetIds: [] }), says: /no subnet/ } },
  unknown: {
    "with subnets whose zones are not known": group(".."),
    "with subnets from outside": (stack) => stack.add(GROUP, "orders", { subnetIds: ["subnet-1", "subnet-2"] }),
    "while the list is not known": (stack) => stack.add(GROUP, "orders", { subnetIds: UNKNOWN }),
  },
  mutations: {
    "a subnet group keeps one subnet": (stack) => {
      const changed = stack.one(GROUP, "crm");
      const ids = changed.inputs["subnetIds"];
      stack.set(changed, "subnetIds", Array.isArray(ids) ? ids.slice(0, 1) : []);
    },
  },
};
