import { Attachments } from "../../../lib/attachments";
import { append } from "../../../lib/multimap";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { DEFAULT_SECURITY_GROUP, type GroupRule, groupRulesOf } from "../../../lib/network/rules";
import { VPCS } from "../../../lib/network/vpcs";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/**
 * AWS makes the group with the VPC: open among its members and to everywhere. A `DefaultSecurityGroup` without rules takes those away.
 */
export const defaultGroupIsClosed = stackRule({
  id: "default-group-is-closed",
  title: "The default security group of every VPC lets nothing through",
  severity: "high",
  why: "Whatever is started without a group of its own gets the default one, and with it a way to everything else that forgot to name a group.",
  fix: "Add an aws.ec2.DefaultSecurityGroup with the vpcId of the VPC and without ingress and egress.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.2" },
    { name: "Checkov", id: "CKV2_AWS_12" },
  ],
  check: (stack) => {
    const groups = new Attachments(stack, [DEFAULT_SECURITY_GROUP], "vpcId", VPCS);
    const rules = rulesOfDefaultGroups(stack);
    return [
      ...stack.ofType(...VPCS).flatMap((vpc) => {
        const managed = groups.any(vpc);
        if (managed === true) return [];
        const missing: Finding = { what: "no DefaultSecurityGroup of the stack closes it", property: "id" };
        const doubt: Finding = { what: "whose default security group the stack manages is not known yet", property: "id", unknown: true };
        return [judge(vpc, `the default security group of ${vpc.name} is open`, [managed === undefined ? doubt : missing])];
      }),
      ...stack
        .ofType(DEFAULT_SECURITY_GROUP)
        .map((group) => judge(group, `default security group ${group.name} is open`, findings(group, rules.get(group.urn) ?? []))),
    ];
  },
});

function rulesOfDefaultGroups(stack: StackGraph): Map<string, GroupRule[]> {
  const result = new Map<string, GroupRule[]>();
  for (const rule of groupRulesOf(stack)) {
    if (rule.group?.kind === "resource" && rule.group.resource.type === DEFAULT_SECURITY_GROUP)
      append(result, rule.group.resource.urn, rule);
  }
  return result;
}

function findings(group: StackResource, rules: readonly GroupRule[]): Finding[] {
  const unknown = ["ingress", "egress"].filter((direction) => read(group, direction).state === "unknown");
  return [
    ...unknown.map((property) => ({ what: `its ${property} is not known yet`, property, unknown: true })),
    ...rules
      .filter(({ property }) => !unknown.includes(property))
      .map(({ resource, property }) => ({
        what: resource === group ? `it has a rule of ${property}` : `${resource.name} is a rule of it`,
        property: resource === group ? property : "id",
      })),
  ];
}
