import { secretRotates as rule } from "../../../../../policy/security/rules/identity/secret-rotates";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

function secret(inputs: Inputs): Given {
  return (stack) => stack.add(SECRET, "orders", inputs);
}

function rotated(rotationRules: Inputs | string): Given {
  return (stack) => {
    const made = stack.add(SECRET, "orders");
    stack.add(ROTATION, "orders", { secretId: id(made), rotationRules });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it is rotated every month": rotated({ automaticallyAfterDays: 30 }),
    "when it is rotated every month and not made yet": { given: rotated({ automaticallyAfterDays: 30 }), known: false },
    "with a rate": rotated({ scheduleExpression: "rate(10 days)" }),
    "with a schedule once a month": rotated({ scheduleExpression: "cron(0 8 1 * ? *)" }),
    "with a reason": secret({ tags: { "strata:because": "The provider gives out the key" } }),
  },
  fail: {
    "when it is rotated once a year": { given: rotated({ automaticallyAfterDays: 365 }), says: /every 365 days; asked for are 90 at most/ },
    "with a schedule twice a year": { given: rotated({ scheduleExpression: "cron(0 8 1 1,7 ? *)" }), says: /every 186 days/ },
    "more seldom than its settings ask for": {
      given: rotated({ automaticallyAfterDays: 60 }),
      config: { maximumDays: 30 },
      says: /30 at most/,
    },
  },
  absent: { "without a rotation": { given: secret({}), says: /orders is not rotated in time: it has no rotation/ } },
  unknown: {
    "while it is not known how often it is rotated": rotated(UNKNOWN),
    "while its tags are not known": secret({ tags: UNKNOWN }),
    "while it is not known which secret a rotation is for": (stack) => {
      stack.add(ROTATION, "orders", { secretId: UNKNOWN, rotationRules: { automaticallyAfterDays: 30 } });
      return stack.add(SECRET, "orders");
    },
  },
  mutations: {
    "the password of a database is never changed": (stack) => stack.remove(stack.one(ROTATION, "orders-db")),
    "the password of a database is changed once a year": (stack) =>
      stack.set(stack.one(ROTATION, "partners-db"), ["rotationRules", "automaticallyAfterDays"], 365),
  },
};
