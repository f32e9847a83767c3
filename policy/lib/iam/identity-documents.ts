import type { StackGraph } from "../graph";
import type { StackResource } from "../resource";

export const ROLE = "aws:iam/role:Role";
export const USER = "aws:iam/user:User";
export const POLICY = "aws:iam/policy:Policy";

/** What gives a managed policy to somebody. */
export const ATTACHMENTS = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
];

/** Where identity policies stand: type, and the path of the document in it. */
export const IDENTITY_DOCUMENTS: readonly (readonly [type: string, path: string])[] = [
  ["aws:iam/rolePolicy:RolePolicy", "policy"],
  [POLICY, "policy"],
  [ROLE, "inlinePolicies[*].policy"],
  ["aws:iam/userPolicy:UserPolicy", "policy"],
  ["aws:iam/groupPolicy:GroupPolicy", "policy"],
];

/** Whether a policy is the boundary of roles and attached to none: then it gives no right, it only limits them. */
export function isOnlyBoundary(policy: StackResource, graph: StackGraph): boolean {
  if (policy.type !== POLICY || graph.referring(policy, "permissionsBoundary", [ROLE, USER]).length === 0) return false;
  return (
    graph.referring(policy, "policyArn", ATTACHMENTS).length === 0 && graph.referring(policy, "managedPolicyArns[*]", [ROLE]).length === 0
  );
}
