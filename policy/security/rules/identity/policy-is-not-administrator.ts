import { attachedPolicies } from "../../../lib/iam/attachments";
import { allowedVerdicts } from "../../../lib/iam/identity-policies";
import { found, isEverything, someOf, valuesOf } from "../../../lib/iam/statements";
import { judge } from "../../../lib/finding";
import { stackRule } from "../../../lib/rule";

/** Policies of AWS that let their holder do everything, at once or by giving himself the rest. */
const ADMINISTRATORS = ["AdministratorAccess", "IAMFullAccess"];

export const policyIsNotAdministrator = stackRule({
  id: "policy-is-not-administrator",
  title: "No policy lets its holder do everything",
  severity: "critical",
  why: "Whoever gets hold of such a role, by a leaked key or a flaw in a service, owns the account with all that is in it.",
  fix: "Name the actions and the resources that the holder needs in Action and Resource, and detach AdministratorAccess and IAMFullAccess.",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
  ],
  frameworks: [
    { name: "FSBP", id: "IAM.1" },
    { name: "Checkov", id: "CKV_AWS_62" },
    { name: "Checkov", id: "CKV_AWS_63" },
    { name: "Checkov", id: "CKV_AWS_274" },
    { name: "Checkov", id: "CKV2_AWS_40" },
    { name: "Checkov", id: "CKV2_AWS_56" },
  ],
  check: (stack) => [
    ...allowedVerdicts(
      stack,
      "lets its holder do everything",
      (statement, name, property) => found(someOf(valuesOf(statement["Action"]), isEverything), `${name} allows every action`, property),
      true,
    ),
    ...attachedPolicies(stack).map(({ holder, property, awsPolicies, open }) => {
      const administrators = awsPolicies.filter((policy) => ADMINISTRATORS.includes(policy));
      const certain = administrators.map((policy) => ({ what: `it attaches ${policy}`, property }));
      const unknown = open ? [{ what: `which policy ${property} is, is not known yet`, property, unknown: true }] : [];
      return judge(holder, `${holder.name} lets its holder do everything`, [...certain, ...unknown]);
    }),
  ],
});
