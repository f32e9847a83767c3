import { searchRequiresTls as rule } from "../../../../../policy/security/rules/databases/search-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const DOMAIN = "aws:opensearch/domain:Domain";
const MODERN = "Policy-Min-TLS-1-2-PFS-2023-10";

export const cases: RuleCases = {
  rule,
  pass: {
    "with HTTPS and modern ciphers": given(DOMAIN, { domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: MODERN } }),
    "with options that leave HTTPS on": given("aws:elasticsearch/domain:Domain", { domainEndpointOptions: { tlsSecurityPolicy: MODERN } }),
  },
  fail: {
    "with HTTP": {
      given: given(DOMAIN, { domainEndpointOptions: { enforceHttps: false, tlsSecurityPolicy: MODERN } }),
      says: /orders takes connections that can be read: enforceHttps is off/,
    },
    "with old ciphers": {
      given: given(DOMAIN, { domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-0-2019-07" } }),
      says: /tlsSecurityPolicy is none of/,
    },
  },
  absent: {
    "without options, which takes HTTP": { given: given(DOMAIN), says: /it has no domainEndpointOptions/ },
    "without a policy, which is an old one": {
      given: given(DOMAIN, { domainEndpointOptions: { enforceHttps: true } }),
      says: /is none of/,
    },
  },
  unknown: {
    "while the options are not known": given(DOMAIN, { domainEndpointOptions: UNKNOWN }),
    "while the policy is not known": given(DOMAIN, { domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: UNKNOWN } }),
  },
  mutations: {
    "a search domain is added with old ciphers": (stack) =>
      void fineStores(stack).search({ domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" } }),
  },
};
