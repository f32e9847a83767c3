import { type Finding, judge } from "../../../lib/finding";
import { SECURITY_GROUP } from "../../../lib/network/groups";
import { CLASSIC_RULE, EGRESS_RULE, INGRESS_RULE } from "../../../lib/network/rules";
import { elements, read, type Reading, readPath, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** What the provider writes where a group has no description: nobody learns anything from it. */
const SAYS_NOTHING = /^(managed by \w+)?$/i;

/** A description of a group can't be changed later, so it is best there from the start. */
export const groupSaysWhatItIsFor = resourceRule({
  id: "group-says-what-it-is-for",
  title: "Every security group and every rule of one says what it is for",
  severity: "low",
  why: "A rule of which nobody knows the reason is never removed, so that groups only ever grow more open.",
  fix: "Set description of the security group, and of each of its rules. Changing that of a group replaces it.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_23" },
    { name: "AwsSolutions", id: "EC27" },
  ],
  types: [SECURITY_GROUP, INGRESS_RULE, EGRESS_RULE, CLASSIC_RULE],
  check: (resource) => {
    const own = described(read(resource, "description"), "description", "it has no description");
    const inline =
      resource.type === SECURITY_GROUP ? ["ingress", "egress"].flatMap((direction) => inlineFindings(resource, direction)) : [];
    return [judge(resource, `${resource.name} does not say what it is for`, [...own, ...inline])];
  },
});

function inlineFindings(group: Resource, direction: string): Finding[] {
  return elements(read(group, direction)).flatMap((rule, index) => {
    const description = rule.state === "known" ? readPath(rule.value, "description") : rule;
    return described(description, direction, `rule ${index + 1} of ${direction} has no description`);
  });
}

function described(description: Reading, property: string, what: string): Finding[] {
  if (description.state === "unknown") return [{ what: `${property} is not known yet`, property, unknown: true }];
  return SAYS_NOTHING.test((text(description) ?? "").trim()) ? [{ what, property }] : [];
}
