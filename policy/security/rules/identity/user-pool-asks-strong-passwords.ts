import { unless, unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { number, read } from "../../../lib/resource";
import { pass, resourceRule } from "../../../lib/rule";

const POLICY = "passwordPolicy";
const SHORTEST = 8;

/** Without a policy Cognito asks for eight characters of all four kinds; in a policy that is given, what it leaves out is not asked for. */
export const userPoolAsksStrongPasswords = resourceRule({
  id: "user-pool-asks-strong-passwords",
  title: "A user pool asks for passwords of eight characters with capitals, digits and symbols",
  severity: "medium",
  why: "Short and simple passwords are tried out by programs within hours.",
  fix: `Leave ${POLICY} out, or set in it minimumLength to 8 or more, and requireUppercase, requireNumbers and requireSymbols.`,
  links: ["https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-policies.html"],
  frameworks: [{ name: "AwsSolutions", id: "COG1" }],
  types: ["aws:cognito/userPool:UserPool"],
  check: (pool) => {
    if (read(pool, POLICY).state === "absent") return [pass(pool.urn)];
    const length = unless(pool, `${POLICY}.minimumLength`, {
      accepts: (value) => (number({ state: "known", value }) ?? 0) >= SHORTEST,
      absent: "wrong",
      what: `minimumLength is not at least ${SHORTEST}`,
    });
    const kinds = ["requireUppercase", "requireNumbers", "requireSymbols"].flatMap((kind) =>
      unlessOn(pool, `${POLICY}.${kind}`, false, `${kind} is off`),
    );
    return [judge(pool, `${pool.name} takes weak passwords`, [...length, ...kinds])];
  },
});
