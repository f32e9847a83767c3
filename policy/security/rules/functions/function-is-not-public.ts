import { type Finding, judge } from "../../../lib/finding";
import { PERMISSION } from "../../../lib/functions/callers";
import { isGiven } from "../../../lib/given";
import { not, read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** A service of AWS as a principal; it acts for whoever set it up, in any account. */
const SERVICE = /\.amazon(aws)?\.com(\.cn)?$/;
const S3 = /^s3\.amazonaws\.com/;

/** Looks at the whole stack: before a source exists its ARN is not known, but that there will be one already is. */
export const functionIsNotPublic = stackRule({
  id: "function-is-not-public",
  title: "No permission of a function lets other accounts call it",
  severity: "critical",
  why: "A permission for everyone, or for a service of AWS without the source, lets anybody call the function with what they like, by the service in an account of their own.",
  fix: "Name the account or role as principal; for a service set sourceArn, and sourceAccount too for S3, whose ARNs do not say the account.",
  links: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
    "https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html",
  ],
  frameworks: [
    { name: "FSBP", id: "Lambda.1" },
    { name: "Checkov", id: "CKV_AWS_301" },
    { name: "Checkov", id: "CKV_AWS_364" },
  ],
  check: (stack) => stack.ofType(PERMISSION).map((permission) => judge(permission, `permission ${permission.name}`, findings(permission))),
});

function findings(permission: StackResource): Finding[] {
  const principal = text(read(permission, "principal"));
  if (principal === undefined) return [{ what: "principal is not known yet", property: "principal", unknown: true }];
  if (principal === "*") {
    const confined = some([limits(permission, "principalOrgId"), limits(permission, "sourceAccount")]);
    return unlessConfined(confined, "lets everyone call the function", "principal");
  }
  if (!SERVICE.test(principal)) return [];
  if (S3.test(principal))
    return unlessConfined(
      limits(permission, "sourceAccount"),
      `lets ${principal} call for a bucket of any account: it has no sourceAccount`,
      "sourceAccount",
    );
  const confined = some(["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"].map((path) => limits(permission, path)));
  return unlessConfined(confined, `lets ${principal} call for anyone: it has neither sourceArn nor sourceAccount`, "sourceArn");
}

/** Whether a condition says who; a star does not. */
function limits(permission: StackResource, path: string): Tri {
  return text(read(permission, path)) === "*" ? false : isGiven(permission, path);
}

function unlessConfined(confined: Tri, what: string, property: string): Finding[] {
  if (confined === true) return [];
  return [
    not(confined) === undefined ? { what: "whether it says for whom is not known yet", property, unknown: true } : { what, property },
  ];
}
