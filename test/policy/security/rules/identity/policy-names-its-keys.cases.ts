import { policyNamesItsKeys as rule } from "../../../../../policy/security/rules/identity/policy-names-its-keys";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addStatement, allow, ROLE, ROLE_POLICY, rolePolicy, SILENT_ON_UNKNOWN_POLICY, UNKNOWN_POLICIES } from "../../../documents";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a key that is named": rolePolicy(allow("kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/1")),
    "with keys that are named by alias": rolePolicy(
      allow("kms:Decrypt", "*", { Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" } } }),
    ),
    "when it may only encrypt": rolePolicy(allow(["kms:Encrypt", "kms:GenerateDataKey"], "*")),
  },
  fail: {
    "with every key": { given: rolePolicy(allow("kms:Decrypt", "*")), says: /statement 1 allows kms:Decrypt on all keys/ },
    "with every key of an account": { given: rolePolicy(allow("kms:De*", "arn:aws:kms:*:123456789012:key/*")), says: /all keys/ },
    "with every key, for one service": {
      given: rolePolicy(allow("kms:ReEncrypt*", "*", { Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } })),
      says: /all keys/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: {
    ...UNKNOWN_POLICIES,
    "while the key is not known": (stack) =>
      stack.add(ROLE_POLICY, "orders", { policy: { Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: UNKNOWN }] } }),
  },
  silentWhileUnknown: SILENT_ON_UNKNOWN_POLICY,
  mutations: {
    "a service decrypts with every key": (stack) => addStatement(stack, ROLE_POLICY, "orders", "policy", allow("kms:Decrypt", "*")),
    "a function decrypts with every key of the region": (stack) =>
      addStatement(stack, ROLE_POLICY, "thumbnails-function", "policy", allow("kms:Decrypt", "arn:aws:kms:us-east-1:444455556666:key/*")),
  },
};
