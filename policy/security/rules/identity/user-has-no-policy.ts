import { judge } from "../../../lib/finding";
import { elements, read, text } from "../../../lib/resource";
import { fail, resourceRule } from "../../../lib/rule";

const ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";

export const userHasNoPolicy = resourceRule({
  id: "user-has-no-policy",
  title: "Policies belong to groups and roles, not to a user",
  severity: "medium",
  why: "Rights that hang on single users are forgotten when the person changes jobs, and nobody can say who may do what.",
  fix: "Attach the policy to a role or a group, and put the user into the group.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2"],
  frameworks: [
    { name: "FSBP", id: "IAM.2" },
    { name: "Checkov", id: "CKV_AWS_40" },
  ],
  types: ["aws:iam/userPolicy:UserPolicy", "aws:iam/userPolicyAttachment:UserPolicyAttachment", ATTACHMENT],
  check: (policy) => {
    if (policy.type !== ATTACHMENT) return [fail(policy.urn, `${policy.name} gives a policy to a user`, "user")];
    const users = read(policy, "users");
    if (users.state === "unknown")
      return [judge(policy, policy.name, [{ what: "users is not known yet", property: "users", unknown: true }])];
    const named = elements(users).map((user) => text(user) ?? "one that is not known yet");
    const findings = named.length === 0 ? [] : [{ what: named.join(", "), property: "users" }];
    return [judge(policy, `${policy.name} gives a policy to users`, findings)];
  },
});
