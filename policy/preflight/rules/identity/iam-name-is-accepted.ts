import { IAM_LIMITS } from "../../../../facts/limits-iam";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const CHARACTERS = /^[\w+=,.@-]+$/;
const SHORT = IAM_LIMITS.roleName.value;
const LONG = IAM_LIMITS.policyName.value;

/** How long the name of each kind may be. */
const LONGEST: Readonly<Record<string, number>> = {
  "aws:iam/role:Role": SHORT,
  "aws:iam/user:User": SHORT,
  "aws:iam/group:Group": LONG,
  "aws:iam/policy:Policy": LONG,
  "aws:iam/rolePolicy:RolePolicy": LONG,
  "aws:iam/userPolicy:UserPolicy": LONG,
  "aws:iam/groupPolicy:GroupPolicy": LONG,
  "aws:iam/instanceProfile:InstanceProfile": LONG,
};

/** One without a name gets one that fits. */
export const iamNameIsAccepted = resourceRule({
  id: "iam-name-is-accepted",
  title: "The name of a role, a policy or a user is one that IAM takes",
  severity: "high",
  why: "IAM refuses a role name of more than 64 characters, a policy name of more than 128, and slashes, spaces and colons in both; a name made of several parts grows past that in the longest environment only.",
  fix: "Leave name out, so that one is made up, or shorten it to letters, digits and _+=,.@- (a namePrefix needs 26 characters more).",
  links: [IAM_LIMITS.roleName.source],
  frameworks: [],
  types: Object.keys(LONGEST),
  check: (resource) => {
    const longest = LONGEST[resource.type] ?? SHORT;
    const findings = [...inName(resource, "name", longest), ...inName(resource, "namePrefix", longest - IAM_LIMITS.madeUpName.value)];
    return [judge(resource, `IAM refuses the name of ${resource.name}`, findings)];
  },
});

function inName(resource: Resource, property: string, longest: number): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const name = text(reading);
  if (name === undefined) return [];
  if (!CHARACTERS.test(name)) return [{ what: `${property} "${name}" is not made of letters, digits and _+=,.@-`, property }];
  return name.length > longest ? [{ what: `${property} "${name}" has ${name.length} characters, of at most ${longest}`, property }] : [];
}
