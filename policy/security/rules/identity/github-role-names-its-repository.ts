import { type Finding, judge } from "../../../lib/finding";
import { ROLE } from "../../../lib/iam/identity-documents";
import { principalsOf } from "../../../lib/iam/principals";
import {
  conditionOf,
  type ConditionTest,
  documentFindings,
  documentOf,
  found,
  hasEffect,
  isPositive,
  someOf,
} from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, not, read, type Resource, some, type Tri } from "../../../lib/resource";
import { resourceRule, type Verdict } from "../../../lib/rule";

const PROPERTY = "assumeRolePolicy";
const ISSUER = "token.actions.githubusercontent.com";

export const githubRoleNamesItsRepository = resourceRule({
  id: "github-role-names-its-repository",
  title: "A role for GitHub Actions names the repository it is for",
  severity: "critical",
  why: "GitHub signs tokens for the workflows of everybody: without the repository in the trust policy any of them can assume the role.",
  fix: `Add a Condition StringLike on ${ISSUER}:sub such as repo:owner/name:ref:refs/heads/main, without a wildcard in owner and name.`,
  links: ["https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_393" }],
  types: [ROLE],
  check: verdicts,
});

function verdicts(role: Resource): Verdict[] {
  const document = documentOf(read(role, PROPERTY));
  const concerns =
    document.state !== "known" || document.statements.some((statement) => statement === undefined || isForGitHub(statement) !== false);
  if (!concerns) return [];
  return [judge(role, `${role.name} trusts GitHub Actions of any repository`, documentFindings(read(role, PROPERTY), PROPERTY, findings))];
}

function findings(statement: PolicyStatement, name: string): Finding[] {
  const fault = every([hasEffect(statement, "Allow"), isForGitHub(statement), not(namesRepository(statement))]);
  return found(fault, `${name} has no condition on ${ISSUER}:sub that names one`, PROPERTY);
}

function isForGitHub(statement: PolicyStatement): Tri {
  return someOf(principalsOf(statement, "Federated"), (provider) => provider.endsWith(ISSUER));
}

function namesRepository(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  return tests && some(tests.map(isOfRepository));
}

/** Values are alternatives: each must name one. A subject begins with its repository unless the organisation has changed what it is made of. */
function isOfRepository(test: ConditionTest): Tri {
  if (!isPositive(test)) return false;
  if (test.key === `${ISSUER}:repository`) return not(someOf(test.values, (value) => /[*?]/.test(value)));
  if (test.key !== `${ISSUER}:sub`) return false;
  return not(someOf(test.values, (value) => !/^repo:[^*?:/]+\/[^*?:/]+:/.test(value)));
}
