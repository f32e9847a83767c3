import { z } from "zod";
import { judge } from "../../../lib/finding";
import { USER } from "../../../lib/iam/identity-documents";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { resourceRule } from "../../../lib/rule";

const config = z.strictObject({ reasonTag: REASON_CONFIG.reasonTag });

export const accessIsByRole = resourceRule({
  id: "access-is-by-role",
  title: "People and programs have roles, not IAM users, unless one says why",
  severity: "high",
  why: "A user has passwords and keys that do not expire: they lie in files and repositories, and work from anywhere until somebody finds them.",
  fix: "Give people access through IAM Identity Center and programs a role; a tag strata:because on the user says why neither works for it.",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_273" }],
  types: [USER],
  config,
  check: (user, names) => [
    judge(user, `${user.name} is an IAM user`, [{ what: "its credentials do not expire", property: "tags" }], {
      given: hasReason(user, names),
      what: "whether it says why",
      property: "tags",
    }),
  ],
});
