import { UNKNOWN } from "../../../../../policy/lib/resource";
import { warehouseNodesFitType as rule } from "../../../../../policy/preflight/rules/databases/warehouse-nodes-fit-type";
import { type RuleCases } from "../../../cases";
import { addStore, GOOD_WAREHOUSE, like, WAREHOUSE } from "../../given";

const warehouse = like(WAREHOUSE, { nodeType: "ra3.4xlarge", numberOfNodes: 2 });

export const cases: RuleCases = {
  rule,
  pass: {
    "of two large nodes": warehouse(),
    "of one small node": warehouse({ nodeType: "ra3.large", numberOfNodes: 1, clusterType: "single-node" }),
    "of a type that is newer than what is known": warehouse({ nodeType: "ra9.large" }),
  },
  fail: {
    "of one large node": { given: warehouse({ numberOfNodes: 1 }), says: /it has 1 of ra3\.4xlarge, which comes in 2 to 128/ },
    "of too many small nodes": { given: warehouse({ nodeType: "ra3.large", numberOfNodes: 17 }), says: /1 to 16/ },
    "of a retired type": { given: warehouse({ nodeType: "ds2.xlarge" }), says: /which new clusters cannot have/ },
    "of a single node that is two": {
      given: warehouse({ clusterType: "single-node" }),
      says: /clusterType is single-node and numberOfNodes is 2/,
    },
  },
  absent: { "without a number, which is one": { given: warehouse({ numberOfNodes: null }), says: /it has 1 of ra3\.4xlarge/ } },
  unknown: {
    "while the kind is not known": warehouse({ clusterType: UNKNOWN }),
    "while the number is not known": warehouse({ numberOfNodes: UNKNOWN }),
    "while the type is not known": warehouse({ nodeType: UNKNOWN }),
  },
  mutations: {
    "a warehouse has more nodes than its type takes": {
      change: (stack) => addStore(stack, WAREHOUSE, { ...GOOD_WAREHOUSE, numberOfNodes: 40 }),
      also: ["environment-fits-its-budget"],
    },
    "a warehouse of two is called single-node": (stack) => addStore(stack, WAREHOUSE, { ...GOOD_WAREHOUSE, clusterType: "single-node" }),
  },
};
