import { type Finding, judge } from "../../../lib/finding";
import { ROLE } from "../../../lib/iam/identity-documents";
import { isPublic, principalsOf, wholeAccount } from "../../../lib/iam/principals";
import { conditionOf, documentFindings, found, hasEffect } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, isObject, read, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "assumeRolePolicy";

export const roleIsNotOpen = resourceRule({
  id: "role-is-not-open",
  title: "A role says who may assume it: not everyone, and not a whole account without a condition",
  severity: "critical",
  why: "Who may assume a role has its rights: with * that is the world, and with an account every user and role in it that may call STS at all.",
  fix: "Name in Principal the service, role or identity provider that works with the role; ask a whole account for an external id or a tag in Condition.",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_60" },
    { name: "Checkov", id: "CKV_AWS_61" },
  ],
  types: [ROLE],
  check: (role) => [judge(role, `${role.name} can be assumed by too many`, documentFindings(read(role, PROPERTY), PROPERTY, trusts))],
});

function trusts(statement: PolicyStatement, name: string): Finding[] {
  const open = isPublic(statement);
  if (open !== false) return found(open, `${name} lets everyone assume it`, PROPERTY);
  const { texts } = principalsOf(statement, "AWS");
  return texts.flatMap((principal) => {
    const account = wholeAccount(principal);
    if (account === undefined) return [];
    return found(
      every([hasEffect(statement, "Allow"), isUnconditional(statement)]),
      `${name} lets all of account ${account} assume it`,
      PROPERTY,
    );
  });
}

function isUnconditional(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  if (tests !== undefined) return tests.length === 0;
  return isObject(statement["Condition"]) ? false : undefined;
}
