import { secretIsNotInTheClear as rule } from "../../../../../policy/security/rules/identity/secret-is-not-in-the-clear";
import { type Json, SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";

const INSTANCE = "aws:rds/instance:Instance";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

function password(value: Json): Given {
  return (stack) => stack.add(INSTANCE, "orders", { password: value });
}

function variable(name: string, value: Json): Given {
  return (stack) => stack.add(TASK, "orders", { containerDefinitions: JSON.stringify([{ name: "app", environment: [{ name, value }] }]) });
}

export const cases: RuleCases = {
  rule,
  pass: { "when it is marked as secret": password(SECRET), "when a variable names a secret": variable("DB_SECRET_ARN", "arn:aws:x") },
  fail: {
    "when a password is a text": { given: password("correct-horse-battery"), says: /password is not marked as secret/ },
    "when a variable holds a password": { given: variable("DB_PASSWORD", "correct-horse-battery"), says: /DB_PASSWORD/ },
  },
  absent: {
    "of a password that RDS keeps itself": {
      given: (stack) => stack.add(INSTANCE, "orders", { manageMasterUserPassword: true }),
      says: "nothing",
    },
  },
  unknown: { "while it is not known whether it is a secret": password(UNKNOWN) },
  silentWhileUnknown: { containerDefinitions: "container-is-confined tells of containers that are not known" },
  mutations: {
    "a function gets a password as a variable": (stack) =>
      stack.set(
        stack.one("aws:lambda/function:Function", "notifications"),
        ["environment", "variables", "SMTP_PASSWORD"],
        "hunter2-hunter2",
      ),
    "a task gets a token as a variable": (stack) =>
      stack.edit(stack.one(TASK, "orders"), "containerDefinitions", (containers) =>
        (containers as { environment: Json[]; [key: string]: Json }[]).map((container) => ({
          ...container,
          environment: [...(container.environment ?? []), { name: "API_TOKEN", value: "0123456789abcdef0123456789abcdef" }],
        })),
      ),
  },
};
