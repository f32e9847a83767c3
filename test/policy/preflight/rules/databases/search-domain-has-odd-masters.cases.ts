import { UNKNOWN } from "../../../../../policy/lib/resource";
import { searchDomainHasOddMasters as rule } from "../../../../../policy/preflight/rules/databases/search-domain-has-odd-masters";
import { type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { addStore, DOMAIN, GOOD_DOMAIN, like, within } from "../../given";

const masters = { dedicatedMasterEnabled: true, dedicatedMasterCount: 3, dedicatedMasterType: "m7g.large.search" };
const domain = (changes: Inputs = {}) => like(DOMAIN, { clusterConfig: { ...masters, ...changes } })();

export const cases: RuleCases = {
  rule,
  pass: { "of three": domain(), "of five, as a text": domain({ dedicatedMasterCount: "5" }) },
  fail: {
    "of two": { given: domain({ dedicatedMasterCount: 2 }), says: /dedicatedMasterCount is 2; it can be 3, 5/ },
    "of four": { given: domain({ dedicatedMasterCount: 4 }), says: /is 4/ },
  },
  absent: {
    "without masters": { given: domain({ dedicatedMasterEnabled: null, dedicatedMasterCount: 2 }), says: "nothing" },
    "without a number": { given: domain({ dedicatedMasterCount: null }), says: /dedicatedMasterCount is absent/ },
    "without a type": { given: domain({ dedicatedMasterType: null }), says: /dedicatedMasterType is absent/ },
  },
  unknown: {
    "while the type is not known": domain({ dedicatedMasterType: UNKNOWN }),
    "while the number is not known": domain({ dedicatedMasterCount: UNKNOWN }),
    "while nobody knows whether it has masters": domain({ dedicatedMasterEnabled: UNKNOWN, dedicatedMasterCount: 2 }),
  },
  mutations: {
    "a search domain has two masters": (stack) =>
      addStore(stack, DOMAIN, within(GOOD_DOMAIN, "clusterConfig", { dedicatedMasterCount: 2 })),
  },
};
