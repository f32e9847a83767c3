import { daxRequiresTls as rule } from "../../../../../policy/security/rules/databases/dax-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const DAX = "aws:dax/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: { "with it": given(DAX, { clusterEndpointEncryptionType: "TLS" }) },
  fail: {
    "with it off": {
      given: given(DAX, { clusterEndpointEncryptionType: "NONE" }),
      says: /orders speaks in the clear: clusterEndpointEncryptionType is not TLS/,
    },
  },
  absent: { "without a word, which is off": { given: given(DAX), says: /orders speaks in the clear/ } },
  unknown: { "while it is not known": given(DAX, { clusterEndpointEncryptionType: UNKNOWN }) },
  mutations: {
    "a cache before a table speaks in the clear": (stack) => void fineStores(stack).dax({ clusterEndpointEncryptionType: "NONE" }),
  },
};
