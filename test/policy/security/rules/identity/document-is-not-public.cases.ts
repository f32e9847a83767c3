import { documentIsNotPublic as rule } from "../../../../../policy/security/rules/identity/document-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const DOCUMENT = "aws:ssm/document:Document";
const PLAIN = { documentType: "Command", content: "{}" };

function document(inputs: Inputs): Given {
  return (stack) => stack.add(DOCUMENT, "restart", { ...PLAIN, ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: { "when it is shared with one account": document({ permissions: { type: "Share", accountIds: "123456789012" } }) },
  fail: {
    "when it is shared with all": { given: document({ permissions: { type: "Share", accountIds: "All" } }), says: /accountIds is All/ },
    "when all are among others": { given: document({ permissions: { type: "Share", accountIds: "123456789012, all" } }), says: /restart/ },
  },
  absent: { "without permissions, when it is its account's": { given: document({}), says: "pass" } },
  unknown: { "while the permissions are not known": document({ permissions: UNKNOWN }) },
  mutations: {
    "a document is shared with the world": (stack) =>
      stack.add(DOCUMENT, "restart", { ...PLAIN, permissions: { type: "Share", accountIds: "All" } }),
  },
};
