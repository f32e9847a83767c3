import { searchHasFineGrainedAccess as rule } from "../../../../../policy/security/rules/databases/search-has-fine-grained-access";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const DOMAIN = "aws:opensearch/domain:Domain";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(DOMAIN, { advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: false } }) },
  fail: {
    "with it off": { given: given(DOMAIN, { advancedSecurityOptions: { enabled: false } }), says: /orders opens every index/ },
    "with it on for whoever says a name": {
      given: given(DOMAIN, { advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: true } }),
      says: /anonymousAuthEnabled is on/,
    },
  },
  absent: { "without a word, which is off": { given: given("aws:elasticsearch/domain:Domain"), says: /advancedSecurityOptions is off/ } },
  unknown: { "while it is not known": given(DOMAIN, { advancedSecurityOptions: UNKNOWN }) },
  mutations: {
    "a search domain is added that opens every index to all": (stack) =>
      void fineStores(stack).search({ advancedSecurityOptions: { enabled: false } }),
  },
};
