import { userPoolAsksSecondFactor as rule } from "../../../../../policy/security/rules/identity/user-pool-asks-second-factor";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input, type Inputs } from "../../../stack";

const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";

function pool(inputs: Inputs, ...providers: readonly Input[]): Given {
  return (stack) => {
    const made = stack.add(POOL, "shop", inputs);
    providers.forEach((supportedIdentityProviders, index) =>
      stack.add(CLIENT, `client-${index}`, { userPoolId: id(made), supportedIdentityProviders }),
    );
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when a second factor is a must": pool({ mfaConfiguration: "ON" }),
    "when its clients take only users of another provider": { given: pool({}, ["IdentityCenter"]), known: false },
  },
  fail: {
    "when a second factor is a choice": {
      given: pool({ mfaConfiguration: "OPTIONAL" }),
      says: /shop asks for no second factor: mfaConfiguration is OPTIONAL/,
    },
    "when one client takes its own users as well": {
      given: pool({}, ["IdentityCenter"], ["Google", "COGNITO"]),
      says: /mfaConfiguration is OFF/,
    },
    "when a client does not say whose users it takes": { given: pool({}, []), says: /mfaConfiguration is OFF/ },
  },
  absent: { "without a word on it, when Cognito asks for none": { given: pool({}), says: /mfaConfiguration is OFF/ } },
  unknown: {
    "while it is not known": pool({ mfaConfiguration: UNKNOWN }),
    "while it is not known whose users its client takes": pool({}, UNKNOWN),
  },
  mutations: {
    "the pool takes its own users": (stack) =>
      stack.set(stack.one(CLIENT, "grafana"), "supportedIdentityProviders", ["IdentityCenter", "COGNITO"]),
  },
};
