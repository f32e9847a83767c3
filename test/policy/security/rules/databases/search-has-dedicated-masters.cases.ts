import { searchHasDedicatedMasters as rule } from "../../../../../policy/security/rules/databases/search-has-dedicated-masters";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";
import { given, givenInDev } from "../given";
import { SEARCH_DOMAIN, watchedSearch } from "./fine";

const DOMAIN = "aws:opensearch/domain:Domain";

export const cases: RuleCases = {
  rule,
  pass: { "with three": given(DOMAIN, { clusterConfig: { dedicatedMasterEnabled: true, dedicatedMasterCount: 3 } }) },
  fail: {
    "with two": {
      given: given(DOMAIN, { clusterConfig: { dedicatedMasterEnabled: true, dedicatedMasterCount: 2 } }),
      says: /orders has nobody who only leads it: dedicatedMasterCount is 2/,
    },
    "with it off": { given: given(DOMAIN, { clusterConfig: { dedicatedMasterEnabled: false } }), says: /dedicatedMasterEnabled is off/ },
  },
  absent: {
    "without a word, which is off": { given: given("aws:elasticsearch/domain:Domain"), says: /dedicatedMasterEnabled is off/ },
    "without a count": { given: given(DOMAIN, { clusterConfig: { dedicatedMasterEnabled: true } }), says: /is absent/ },
    "in an environment that is not durable": { given: givenInDev(DOMAIN), says: "nothing" },
  },
  unknown: {
    "while the nodes are not known": given(DOMAIN, { clusterConfig: UNKNOWN }),
    "while the count is not known": given(DOMAIN, { clusterConfig: { dedicatedMasterEnabled: true, dedicatedMasterCount: UNKNOWN } }),
  },
  mutations: {
    "a search domain is added whose data nodes lead it": (stack) => {
      const led = { ...SEARCH_DOMAIN, clusterConfig: { ...(SEARCH_DOMAIN["clusterConfig"] as Inputs), dedicatedMasterEnabled: false } };
      Object.assign(watchedSearch(stack, stack.add(DOMAIN, "search", led)), { protect: true });
    },
  },
};
