import { identityPoolKnowsItsUsers as rule } from "../../../../../policy/security/rules/identity/identity-pool-knows-its-users";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const POOL = "aws:cognito/identityPool:IdentityPool";

function pool(inputs: Inputs): Given {
  return (stack) => stack.add(POOL, "shop", { identityPoolName: "shop", ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: { "without guests": pool({ allowUnauthenticatedIdentities: false }) },
  fail: { "with guests": { given: pool({ allowUnauthenticatedIdentities: true }), says: /shop gives guests credentials/ } },
  absent: { "without a word on guests, when Cognito takes none": { given: pool({}), says: "pass" } },
  unknown: { "while it is not known": pool({ allowUnauthenticatedIdentities: UNKNOWN }) },
  mutations: {
    "guests get credentials": (stack) => stack.add(POOL, "shop", { identityPoolName: "shop", allowUnauthenticatedIdentities: true }),
  },
};
