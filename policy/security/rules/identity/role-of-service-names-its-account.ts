import { SERVICES_THAT_SAY_FOR_WHOM } from "../../../../facts/confused-deputy";
import { type Finding, judge } from "../../../lib/finding";
import { ROLE } from "../../../lib/iam/identity-documents";
import { principalsOf } from "../../../lib/iam/principals";
import { conditionOf, documentFindings, documentOf, found, hasEffect, isEverything, isPositive } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { every, not, read, type Resource, some, type Tri } from "../../../lib/resource";
import { resourceRule, type Verdict } from "../../../lib/rule";

const PROPERTY = "assumeRolePolicy";

/** Only of services that say for whom they act and whose guides ask for the condition: `facts/confused-deputy.ts`. */
export const roleOfServiceNamesItsAccount = resourceRule({
  id: "role-of-service-names-its-account",
  title: "A role that a service uses on behalf of others names the account or resource it is used for",
  severity: "medium",
  why: "A service acts for every customer: without the condition another customer's resource can make it use this role (the confused deputy).",
  fix: "Add to the trust policy a Condition StringEquals on aws:SourceAccount, or ArnLike on aws:SourceArn.",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html"],
  frameworks: [],
  types: [ROLE],
  check: verdicts,
});

function verdicts(role: Resource): Verdict[] {
  const document = documentOf(read(role, PROPERTY));
  const concerns =
    document.state !== "known" || document.statements.some((statement) => statement === undefined || deputies(statement).length > 0);
  if (!concerns) return [];
  return [
    judge(role, `${role.name} does not say for whom a service may use it`, documentFindings(read(role, PROPERTY), PROPERTY, findings)),
  ];
}

function findings(statement: PolicyStatement, name: string): Finding[] {
  const services = deputies(statement);
  if (services.length === 0) return [];
  const fault = every([hasEffect(statement, "Allow"), not(namesSource(statement))]);
  return found(fault, `${name} trusts ${services.join(", ")} without a condition on aws:SourceAccount or aws:SourceArn`, PROPERTY);
}

/** The services of a statement that say for whom they act; a region in their name does not matter. */
function deputies(statement: PolicyStatement): string[] {
  return principalsOf(statement, "Service").texts.filter(
    (service) => SERVICES_THAT_SAY_FOR_WHOM[service.replace(/\.[a-z]{2}(-[a-z]+)+-\d\./, ".")] !== undefined,
  );
}

function namesSource(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  return (
    tests &&
    some(
      tests.map(
        (test) => /^aws:source(account|arn|orgid|orgpaths)$/.test(test.key) && isPositive(test) && !test.values.texts.some(isEverything),
      ),
    )
  );
}
