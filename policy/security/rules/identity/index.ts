import type { Rule } from "../../../lib/rule";
import { accessIsByRole } from "./access-is-by-role";
import { alarmActs } from "./alarm-acts";
import { documentIsNotPublic } from "./document-is-not-public";
import { githubRoleNamesItsRepository } from "./github-role-names-its-repository";
import { identityPoolKnowsItsUsers } from "./identity-pool-knows-its-users";
import { keyDeletionWaits } from "./key-deletion-waits";
import { keyIsEnabled } from "./key-is-enabled";
import { keyPolicyCanBeChanged } from "./key-policy-can-be-changed";
import { keyPolicyIsNotPublic } from "./key-policy-is-not-public";
import { keyRotates } from "./key-rotates";
import { logGroupHasOwnKey } from "./log-group-has-own-key";
import { managedPolicyIsNotAttached } from "./managed-policy-is-not-attached";
import { policyDoesNotAllowByExclusion } from "./policy-does-not-allow-by-exclusion";
import { policyDoesNotEscalate } from "./policy-does-not-escalate";
import { policyIsNotAdministrator } from "./policy-is-not-administrator";
import { policyNamesItsActions } from "./policy-names-its-actions";
import { policyNamesItsKeys } from "./policy-names-its-keys";
import { policyNamesItsResources } from "./policy-names-its-resources";
import { roleIsNotOpen } from "./role-is-not-open";
import { roleOfServiceNamesItsAccount } from "./role-of-service-names-its-account";
import { secretHasOwnKey } from "./secret-has-own-key";
import { secretIsNotInTheClear } from "./secret-is-not-in-the-clear";
import { secretPolicyIsNotPublic } from "./secret-policy-is-not-public";
import { secretRotates } from "./secret-rotates";
import { secureParameterHasOwnKey } from "./secure-parameter-has-own-key";
import { userHasNoPolicy } from "./user-has-no-policy";
import { userPoolAsksSecondFactor } from "./user-pool-asks-second-factor";
import { userPoolAsksStrongPasswords } from "./user-pool-asks-strong-passwords";
import { vaultHasOwnKey } from "./vault-has-own-key";
import { vaultPolicyIsNotPublic } from "./vault-policy-is-not-public";

/** IAM, KMS, Secrets Manager and the logs that say who did what. */
export const identityRules: readonly Rule[] = [
  policyIsNotAdministrator,
  policyDoesNotEscalate,
  policyNamesItsActions,
  policyNamesItsResources,
  policyNamesItsKeys,
  policyDoesNotAllowByExclusion,
  managedPolicyIsNotAttached,
  roleIsNotOpen,
  roleOfServiceNamesItsAccount,
  githubRoleNamesItsRepository,
  accessIsByRole,
  userHasNoPolicy,
  keyPolicyIsNotPublic,
  keyPolicyCanBeChanged,
  keyRotates,
  keyIsEnabled,
  keyDeletionWaits,
  secretIsNotInTheClear,
  secretPolicyIsNotPublic,
  secretHasOwnKey,
  secretRotates,
  secureParameterHasOwnKey,
  documentIsNotPublic,
  logGroupHasOwnKey,
  alarmActs,
  userPoolAsksStrongPasswords,
  userPoolAsksSecondFactor,
  identityPoolKnowsItsUsers,
  vaultHasOwnKey,
  vaultPolicyIsNotPublic,
];
