import { judge } from "../../../lib/finding";
import { unlessGiven } from "../../../lib/given";
import { stackRule } from "../../../lib/rule";
import { LOG_GROUP } from "../../../lib/visibility/log-groups";

/** CloudWatch Logs takes no key of AWS: whichever key is named is the customer's. */
export const logGroupHasOwnKey = stackRule({
  id: "log-group-has-own-key",
  title: "Every log group is encrypted with a customer key",
  severity: "medium",
  why: "Logs hold what services say about people and about themselves; a key of AWS can be neither withheld from anyone nor watched.",
  fix: "Set kmsKeyId to a key of KMS whose policy lets CloudWatch Logs use it for this group.",
  links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_158" }],
  check: (stack) =>
    stack
      .ofType(LOG_GROUP)
      .map((group) => judge(group, `${group.name} has no key of its own`, unlessGiven(group, "kmsKeyId", "kmsKeyId is not set"))),
});
