import { vaultPolicyIsNotPublic as rule } from "../../../../../policy/security/rules/identity/vault-policy-is-not-public";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { addStatement, admit, documentOf, type Statement } from "../../../documents";

const TYPE = "aws:backup/vaultPolicy:VaultPolicy";

function made(...statements: readonly Statement[]): Given {
  return (stack) => stack.add(TYPE, "orders", { policy: documentOf(...statements) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for a role": made(admit({ AWS: "arn:aws:iam::123456789012:role/orders" }, "backup:CopyFromBackupVault")),
    "for everyone of an organisation": made(
      admit("*", "backup:CopyFromBackupVault", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    ),
    "when everyone is denied": made({ Effect: "Deny", Principal: "*", Action: "backup:CopyFromBackupVault", Resource: "*" }),
  },
  fail: {
    "for everyone": {
      given: made(admit("*", "backup:CopyFromBackupVault")),
      says: /orders .*statement 1 allows backup:CopyFromBackupVault to everyone/,
    },
    "for everyone with a condition that keeps nobody out": {
      given: made(admit({ AWS: "*" }, "backup:CopyFromBackupVault", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })),
      says: /to everyone/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(TYPE, "orders"), says: "nothing" } },
  unknown: {
    "while its policy is not known": (stack) => stack.add(TYPE, "orders", { policy: UNKNOWN }),
    "while a condition is not known": (stack) =>
      stack.add(TYPE, "orders", { policy: { Statement: [admit("*", "backup:CopyFromBackupVault", { Condition: UNKNOWN })] } }),
  },
  mutations: {
    "everyone may copy the backups": (stack) => addStatement(stack, TYPE, "backups", "policy", admit("*", "backup:CopyFromBackupVault")),
  },
};
