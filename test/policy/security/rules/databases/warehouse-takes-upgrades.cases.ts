import { warehouseTakesUpgrades as rule } from "../../../../../policy/security/rules/databases/warehouse-takes-upgrades";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const CLUSTER = "aws:redshift/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(CLUSTER, { allowVersionUpgrade: true }) },
  fail: { "with it off": { given: given(CLUSTER, { allowVersionUpgrade: false }), says: /orders stays on its version/ } },
  absent: { "without the flag, which is on": { given: given(CLUSTER), says: "pass" } },
  unknown: { "while the flag is not known": given(CLUSTER, { allowVersionUpgrade: UNKNOWN }) },
  mutations: {
    "a cluster is added that stays on what it was made with": (stack) => void fineStores(stack).warehouse({ allowVersionUpgrade: false }),
  },
};
