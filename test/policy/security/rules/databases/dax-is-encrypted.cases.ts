import { daxIsEncrypted as rule } from "../../../../../policy/security/rules/databases/dax-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const DAX = "aws:dax/cluster:Cluster";

export const cases: RuleCases = {
  rule,
  pass: { "with it": given(DAX, { serverSideEncryption: { enabled: true } }) },
  fail: {
    "with it off": {
      given: given(DAX, { serverSideEncryption: { enabled: false } }),
      says: /orders is not encrypted at rest: serverSideEncryption.enabled is off/,
    },
  },
  absent: { "without a word, which is off": { given: given(DAX), says: /orders is not encrypted at rest/ } },
  unknown: { "while it is not known": given(DAX, { serverSideEncryption: UNKNOWN }) },
  mutations: {
    "a cache before a table stands on plain disks": (stack) => void fineStores(stack).dax({ serverSideEncryption: { enabled: false } }),
  },
};
