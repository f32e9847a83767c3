import { userPoolAsksStrongPasswords as rule } from "../../../../../policy/security/rules/identity/user-pool-asks-strong-passwords";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const POOL = "aws:cognito/userPool:UserPool";
const STRONG = { minimumLength: 12, requireUppercase: true, requireLowercase: true, requireNumbers: true, requireSymbols: true };

function pool(inputs: Inputs): Given {
  return (stack) => stack.add(POOL, "shop", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with twelve characters of all kinds": pool({ passwordPolicy: STRONG }) },
  fail: {
    "with six characters": { given: pool({ passwordPolicy: { ...STRONG, minimumLength: 6 } }), says: /minimumLength is not at least 8/ },
    "without symbols": {
      given: pool({ passwordPolicy: { ...STRONG, requireSymbols: false } }),
      says: /shop takes weak passwords: requireSymbols is off/,
    },
    "with a policy that says little": { given: pool({ passwordPolicy: { minimumLength: 20 } }), says: /requireUppercase is off/ },
  },
  absent: { "without a policy, when Cognito asks for eight of all kinds": { given: pool({}), says: "pass" } },
  unknown: {
    "while its policy is not known": pool({ passwordPolicy: UNKNOWN }),
    "while the length is not known": pool({ passwordPolicy: { ...STRONG, minimumLength: UNKNOWN } }),
  },
  mutations: {
    "users may take short passwords": (stack) =>
      stack.set(stack.one(POOL, "grafana"), "passwordPolicy", { minimumLength: 6, requireLowercase: true }),
  },
};
