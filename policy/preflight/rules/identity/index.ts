import type { Rule } from "../../../lib/rule";
import { deletionWindowIsAccepted } from "./deletion-window-is-accepted";
import { iamNameIsAccepted } from "./iam-name-is-accepted";
import { inlinePoliciesFitTheirRole } from "./inline-policies-fit-their-role";
import { keyAliasIsAccepted } from "./key-alias-is-accepted";
import { logGroupHasAtMostTwoSubscriptions } from "./log-group-has-at-most-two-subscriptions";
import { logRetentionIsAccepted } from "./log-retention-is-accepted";
import { managedPolicyIsNotTooLong } from "./managed-policy-is-not-too-long";
import { policyDocumentIsWellFormed } from "./policy-document-is-well-formed";
import { roleHasAtMostTenManagedPolicies } from "./role-has-at-most-ten-managed-policies";
import { scheduleExpressionIsValid } from "./schedule-expression-is-valid";
import { secretNameCanBeUsedAgain } from "./secret-name-can-be-used-again";

/** IAM, KMS, Secrets Manager and CloudWatch Logs. */
export const identityChecks: readonly Rule[] = [
  iamNameIsAccepted,
  policyDocumentIsWellFormed,
  inlinePoliciesFitTheirRole,
  managedPolicyIsNotTooLong,
  roleHasAtMostTenManagedPolicies,
  keyAliasIsAccepted,
  deletionWindowIsAccepted,
  secretNameCanBeUsedAgain,
  logRetentionIsAccepted,
  logGroupHasAtMostTwoSubscriptions,
  scheduleExpressionIsValid,
];
