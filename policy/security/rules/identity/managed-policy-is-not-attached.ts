import { z } from "zod";
import { POLICIES_AWS_ASKS_FOR } from "../../../../facts/managed-policies";
import { judge } from "../../../lib/finding";
import { attachedPolicies } from "../../../lib/iam/attachments";
import { stackRule } from "../../../lib/rule";

const config = z.strictObject({
  allowed: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Names of more policies of AWS that may be attached, as they follow `policy/` in the ARN, such as `job-function/ViewOnlyAccess`.",
    ),
});

/** Those are fine that the guide of a service tells to attach to the role it works with; `policy-is-not-administrator` looks at the strongest. */
export const managedPolicyIsNotAttached = stackRule({
  id: "managed-policy-is-not-attached",
  title: "No policy of AWS is attached but where a service asks for it",
  severity: "medium",
  why: "Policies of AWS are made for every customer: they allow on all resources, and AWS widens them without asking.",
  fix: "Write a policy with the actions and resources that the holder needs, and attach it instead.",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"],
  frameworks: [{ name: "AwsSolutions", id: "IAM4" }],
  config,
  check: (stack, { allowed }) =>
    attachedPolicies(stack).map(({ holder, property, awsPolicies, open }) => {
      const excess = awsPolicies.filter((policy) => !isAskedFor(policy) && !allowed.includes(policy) && !ADMINISTRATORS.has(policy));
      const certain = excess.map((policy) => ({ what: policy, property }));
      const unknown = open ? [{ what: `which policy ${property} is, is not known yet`, property, unknown: true }] : [];
      return judge(holder, `${holder.name} attaches policies of AWS`, [...certain, ...unknown]);
    }),
});

const ADMINISTRATORS = new Set(["AdministratorAccess", "IAMFullAccess"]);

function isAskedFor(policy: string): boolean {
  return policy.startsWith("service-role/") || policy.startsWith("aws-service-role/") || POLICIES_AWS_ASKS_FOR[policy] !== undefined;
}
