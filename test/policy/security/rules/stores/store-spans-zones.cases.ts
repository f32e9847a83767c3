import { storeSpansZones as rule } from "../../../../../policy/security/rules/stores/store-spans-zones";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const INSTANCE = "aws:rds/instance:Instance";

function instance(inputs: Inputs): Given {
  return (stack) => stack.add(INSTANCE, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with a standby in another zone": instance({ multiAz: true }) },
  fail: {
    "without one": { given: instance({ multiAz: false }), says: /orders does not span zones: it has no standby in another zone/ },
    "when a broker stands alone": {
      given: (stack) => stack.add("aws:mq/broker:Broker", "bus", { deploymentMode: "SINGLE_INSTANCE" }),
      says: /bus does not span zones/,
    },
  },
  absent: {
    "of RDS: one instance": { given: instance({}), says: /multiAz is off/ },
    "where nothing is durable": { given: instance({}), config: { durable: false }, says: "nothing" },
  },
  unknown: { "while it is not known": instance({ multiAz: UNKNOWN }) },
  mutations: {
    "the database of billing has no standby": (stack) => stack.set(stack.one(INSTANCE, "billing"), "multiAz", false),
    "the warehouse stands in one zone": {
      change: (stack) => {
        const workgroup = stack.one("aws:redshiftserverless/workgroup:Workgroup");
        stack.set(workgroup, "subnetIds", (workgroup.inputs["subnetIds"] as string[]).slice(0, 1));
      },
      also: ["serverless-warehouse-spans-zones"],
    },
  },
};
