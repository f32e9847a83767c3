import { allowedVerdicts } from "../../../lib/iam/identity-policies";
import { found, isEverything, someOf, valuesOf } from "../../../lib/iam/statements";
import { stackRule } from "../../../lib/rule";

/** Part of a name, such as `s3:Get*`, is left alone: it says what kind of thing is done. Every action at all is `policy-is-not-administrator`. */
export const policyNamesItsActions = stackRule({
  id: "policy-names-its-actions",
  title: "No policy allows all actions of a service",
  severity: "high",
  why: "It also allows what nobody thought of: to delete, to change policies and to open to others, and every action that AWS adds later.",
  fix: "Name in Action what the holder does, such as s3:GetObject and s3:PutObject instead of s3:*.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21"],
  frameworks: [
    { name: "FSBP", id: "IAM.21" },
    { name: "AwsSolutions", id: "IAM5" },
  ],
  check: (stack) =>
    allowedVerdicts(stack, "allows all actions of a service", (statement, name, property) => {
      const actions = valuesOf(statement["Action"]);
      const whole = actions.texts.filter(isWholeService);
      return found(whole.length > 0 || someOf(actions, () => false), `${name} allows ${whole.join(", ") || "all of a service"}`, property);
    }),
});

function isWholeService(action: string): boolean {
  return !isEverything(action) && /^[^:]+:\*+$/.test(action);
}
