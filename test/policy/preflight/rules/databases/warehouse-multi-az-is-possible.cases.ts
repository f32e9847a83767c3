import { UNKNOWN } from "../../../../../policy/lib/resource";
import { warehouseMultiAzIsPossible as rule } from "../../../../../policy/preflight/rules/databases/warehouse-multi-az-is-possible";
import { type RuleCases } from "../../../cases";
import { addStore, GOOD_WAREHOUSE, like, WAREHOUSE } from "../../given";

const warehouse = like(WAREHOUSE, { nodeType: "ra3.xlplus", numberOfNodes: 2, multiAz: true });

export const cases: RuleCases = {
  rule,
  pass: { "of two RA3 nodes": warehouse(), "of many, as texts": warehouse({ multiAz: "true", numberOfNodes: "4", encrypted: "true" }) },
  fail: {
    "of one node": { given: warehouse({ numberOfNodes: 1 }), says: /numberOfNodes is 1/ },
    "of other nodes": { given: warehouse({ nodeType: "dc2.large" }), says: /nodeType is dc2\.large, which is no RA3/ },
    "without encryption": { given: warehouse({ encrypted: "false" }), says: /encrypted is off/ },
    "with a zone": { given: warehouse({ availabilityZone: "eu-west-1a" }), says: /availabilityZone is set/ },
    "that may also move": {
      given: warehouse({ availabilityZoneRelocationEnabled: true }),
      says: /availabilityZoneRelocationEnabled are both on/,
    },
  },
  absent: {
    "without several zones": { given: warehouse({ multiAz: null, nodeType: "dc2.large" }), says: "nothing" },
    "without a number of nodes, which is one": { given: warehouse({ numberOfNodes: null }), says: /numberOfNodes is absent, which is one/ },
  },
  unknown: {
    "while nobody knows whether it stands in several zones": warehouse({ multiAz: UNKNOWN, numberOfNodes: 1 }),
    "while the type is not known": warehouse({ nodeType: UNKNOWN }),
  },
  mutations: {
    "a warehouse in several zones may also move to another": (stack) =>
      addStore(stack, WAREHOUSE, { ...GOOD_WAREHOUSE, availabilityZoneRelocationEnabled: true }),
    "a warehouse in several zones has the nodes of before": {
      change: (stack) => addStore(stack, WAREHOUSE, { ...GOOD_WAREHOUSE, nodeType: "dc2.large" }),
      also: ["instance-is-of-current-generation"],
    },
  },
};
