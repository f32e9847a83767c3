import { secretNameCanBeUsedAgain as rule } from "../../../../../policy/preflight/rules/identity/secret-name-can-be-used-again";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const SECRET = "aws:secretsmanager/secret:Secret";

function secret(inputs: Inputs): Given {
  return (stack) => stack.add(SECRET, "payment-provider", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "by a prefix": secret({ namePrefix: "prod/payment-provider/" }),
    "that Pulumi made up": secret({ name: "payment-provider-0a1b2c3" }),
    "that is free at once": secret({ name: "payment-provider", recoveryWindowInDays: 0 }),
    "with a reason": secret({ name: "payment-provider", tags: { "strata:because": "the provider's own tool reads it by this name" } }),
  },
  fail: {
    "for a week": {
      given: secret({ name: "payment-provider", recoveryWindowInDays: 7 }),
      says: /has the fixed name "payment-provider" and can be had back for 7 days/,
    },
    "with an empty reason": { given: secret({ name: "payment-provider", tags: { "strata:because": " " } }), says: /fixed name/ },
  },
  absent: {
    "of a name, which is then made up": { given: secret({}), says: "pass" },
    "of the window, which is 30 days": { given: secret({ name: "payment-provider" }), says: /for 30 days/ },
  },
  unknown: {
    "while the name is not known": secret({ name: UNKNOWN }),
    "while the window is not known": secret({ name: "payment-provider", recoveryWindowInDays: UNKNOWN }),
    "while the tags are not known": secret({ name: "payment-provider", tags: UNKNOWN }),
  },
  mutations: {
    "a secret with a fixed name is deleted before it is replaced": (stack) => {
      const found = stack.one(SECRET, "orders-db-orders");
      const { namePrefix: _, ...others } = found.inputs;
      const tags = { ...(others["tags"] as Record<string, string> | undefined) };
      delete tags["strata:because"];
      stack.replace(found, { inputs: { ...others, tags, name: "prod/orders" }, deleteBeforeReplace: true });
    },
  },
};
