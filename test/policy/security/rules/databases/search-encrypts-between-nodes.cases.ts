import { searchEncryptsBetweenNodes as rule } from "../../../../../policy/security/rules/databases/search-encrypts-between-nodes";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const DOMAIN = "aws:opensearch/domain:Domain";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(DOMAIN, { nodeToNodeEncryption: { enabled: true } }) },
  fail: {
    "with it off": { given: given(DOMAIN, { nodeToNodeEncryption: { enabled: false } }), says: /orders copies documents in the clear/ },
  },
  absent: {
    "without a word, which is off": { given: given("aws:elasticsearch/domain:Domain"), says: /nodeToNodeEncryption is off/ },
  },
  unknown: { "while it is not known": given(DOMAIN, { nodeToNodeEncryption: UNKNOWN }) },
  mutations: {
    "a search domain is added without it": (stack) => void fineStores(stack).search({ nodeToNodeEncryption: { enabled: false } }),
  },
};
