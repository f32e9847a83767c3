import { ESCALATING } from "../../../lib/iam/dangerous-actions";
import { allowedVerdicts } from "../../../lib/iam/identity-policies";
import { covers, found, isEverything, someOf, valuesOf } from "../../../lib/iam/statements";
import { every } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** A condition such as iam:PassedToService does not help: the role that is passed may be the strongest one of the account. */
export const policyDoesNotEscalate = stackRule({
  id: "policy-does-not-escalate",
  title: "No policy lets its holder take the rights of any role or user",
  severity: "critical",
  why: "Who may pass any role to a service, assume any role, or write anyone's policies has all the rights of the account one step later.",
  fix: "Name in Resource the roles that may be passed or assumed, and the users, groups and policies that may be changed.",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
  ],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_286" },
    { name: "Checkov", id: "CKV_AWS_289" },
  ],
  check: (stack) =>
    allowedVerdicts(stack, "lets its holder take rights he does not have", (statement, name, property) => {
      const actions = valuesOf(statement["Action"]);
      const escalating = ESCALATING.filter((action) => actions.texts.some((pattern) => !isEverything(pattern) && covers(pattern, action)));
      const onAll = someOf(valuesOf(statement["Resource"]), isAnyone);
      const what = `${name} allows ${escalating.join(", ") || "such actions"} on all resources`;
      return found(every([escalating.length > 0 || someOf(actions, () => false), onAll]), what, property);
    }),
});

/** `*`, or every role or user of one account or all. */
function isAnyone(resource: string): boolean {
  return isEverything(resource) || /^arn:[\w*-]+:iam::[\d*]*:(\*|(role|user|group|policy)\/\*+)$/.test(resource);
}
