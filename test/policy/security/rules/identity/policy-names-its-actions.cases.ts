import { policyNamesItsActions as rule } from "../../../../../policy/security/rules/identity/policy-names-its-actions";
import { type RuleCases } from "../../../cases";
import {
  addStatement,
  allow,
  documentOf,
  ROLE,
  ROLE_POLICY,
  rolePolicy,
  SILENT_ON_UNKNOWN_POLICY,
  UNKNOWN_POLICIES,
} from "../../../documents";
import { arn } from "../../../stack";

const POLICY = "aws:iam/policy:Policy";
const ALL_OF_S3 = { policy: documentOf(allow("s3:*", "*")) };

export const cases: RuleCases = {
  rule,
  pass: {
    "with part of a name": rolePolicy(allow(["s3:Get*", "kms:GenerateDataKey*"], "arn:aws:s3:::orders/*")),
    "when a service is denied": rolePolicy({ Effect: "Deny", Action: "ec2:*", Resource: "*" }),
  },
  fail: {
    "with all of a service": { given: rolePolicy(allow("s3:*", "arn:aws:s3:::orders/*")), says: /statement 1 allows s3:\*/ },
    "with all of a service in a list": { given: rolePolicy(allow(["s3:GetObject", "dynamodb:*"], "*")), says: /allows dynamodb:\*/ },
    "with a boundary that is attached as well": {
      given: (stack) => {
        const policy = stack.add(POLICY, "orders", ALL_OF_S3);
        stack.add(ROLE, "orders", { permissionsBoundary: arn(policy), managedPolicyArns: [arn(policy)] });
        return policy;
      },
      says: /allows s3:\*/,
    },
  },
  absent: {
    "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" },
    "of a boundary, which gives no right": {
      given: (stack) => {
        const policy = stack.add(POLICY, "orders", ALL_OF_S3);
        stack.add(ROLE, "orders", { permissionsBoundary: arn(policy) });
        return policy;
      },
      says: "nothing",
    },
  },
  unknown: UNKNOWN_POLICIES,
  silentWhileUnknown: SILENT_ON_UNKNOWN_POLICY,
  mutations: {
    "a service may do everything to its bucket": (stack) =>
      addStatement(stack, ROLE_POLICY, "media-encoder", "policy", allow("s3:*", "arn:aws:s3:::media/*")),
    "a boundary is attached": {
      change: (stack) =>
        stack.add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "bound", {
          role: "orders",
          policyArn: arn(stack.one(POLICY, "backups-boundary")),
        }),
      also: ["policy-names-its-resources"],
    },
  },
};
