/**
 * Actions by which a holder gives himself rights he does not have. Source: IAM user guide, "AWS: Privilege escalation" findings of Access
 * Analyzer, and the list that Checkov takes from cloudsplaining (2026-11).
 */
export const ESCALATING = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PassRole",
  "iam:PutGroupPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "sts:AssumeRole",
] as const;

/** Actions that turn what a key of KMS encrypted into what it says. Source: Security Hub, KMS.1 (2026-11). */
export const DECRYPTING = ["kms:Decrypt", "kms:ReEncryptFrom"] as const;
