import { z } from "zod";
import { IAM_LIMITS } from "../../../../facts/limits-iam";
import { type Finding, judge } from "../../../lib/finding";
import { managedPolicies, ROLE } from "../../../lib/iam/role-policies";
import { stackRule } from "../../../lib/rule";

const config = z.strictObject({
  most: z
    .number()
    .int()
    .min(1)
    .max(IAM_LIMITS.managedPerRoleRaised.value)
    .default(IAM_LIMITS.managedPerRole.value)
    .describe("Managed policies that a role may have, by the quota of the account."),
});

/** Looks at roles that have managed policies. Policies that are not known yet may be ones that it has already. */
export const roleHasAtMostTenManagedPolicies = stackRule({
  id: "role-has-at-most-ten-managed-policies",
  title: "No role has more managed policies than its account lets it have",
  severity: "medium",
  why: "IAM refuses the attachment that passes the quota; which of them it is differs from run to run.",
  fix: "Bring policies together, or put them into the role as inline policies; or have the quota raised (up to 25) and set most to it.",
  links: [IAM_LIMITS.managedPerRole.source],
  frameworks: [],
  config,
  check: (stack, { most }) =>
    stack.ofType(ROLE).flatMap((role) => {
      const policies = managedPolicies(role, stack);
      if (policies.length === 0) return [];
      const property = "managedPolicyArns";
      const known = policies.filter(({ kind }) => kind !== "unknown").length;
      const unknown = policies.reduce((sum, policy) => sum + (policy.kind === "unknown" ? policy.most : 0), 0);
      const findings: Finding[] = [];
      if (known > most) findings.push({ what: `${known} are attached, of at most ${most}`, property });
      else if (known + unknown > most) findings.push({ what: "which policies it has is not known yet", property, unknown: true });
      return [judge(role, `IAM refuses the managed policies of ${role.name}`, findings)];
    }),
});
