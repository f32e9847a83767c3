import { policyNamesItsResources as rule } from "../../../../../policy/security/rules/identity/policy-names-its-resources";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { addStatement, allow, ROLE, ROLE_POLICY, rolePolicy, SILENT_ON_UNKNOWN_POLICY, UNKNOWN_POLICIES } from "../../../documents";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a resource that is named": rolePolicy(allow("s3:GetObject", "arn:aws:s3:::orders/*")),
    "with actions that take no resource": rolePolicy(
      allow(
        ["ecr:GetAuthorizationToken", "ec2:DescribeInstances", "ec2:Describe*", "logs:DescribeLogGroups", "xray:PutTraceSegments"],
        "*",
      ),
      allow("cloudwatch:PutMetricData", "*"),
      allow(["ssmmessages:*", "tag:GetResources"], "*"),
    ),
    "with what Lambda asks for in a VPC": rolePolicy(allow(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface"], "*")),
    "with what only shows settings": rolePolicy(allow("rds:DescribeDBInstances", "*")),
    "with a condition on the tags of the resource": rolePolicy(
      allow("ec2:TerminateInstances", "*", { Condition: { StringEquals: { "aws:ResourceTag/service": "orders" } } }),
    ),
    "when it is denied": rolePolicy({ Effect: "Deny", Action: "s3:GetObject", Resource: "*" }),
    "with what other rules look at": rolePolicy(allow(["iam:PassRole", "kms:Decrypt", "*"], "*")),
  },
  fail: {
    "with every object of every bucket": { given: rolePolicy(allow("s3:GetObject", "*")), says: /statement 1 allows s3:GetObject on \*/ },
    "with an action in small letters": { given: rolePolicy(allow("S3:getobject", ["*"])), says: /S3:getobject/ },
    "with a pattern that takes in more than those": { given: rolePolicy(allow("logs:*", "*")), says: /logs:\*/ },
    "with a condition that does not narrow it": {
      given: rolePolicy(allow("sqs:SendMessage", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      says: /sqs:SendMessage/,
    },
    "with what shows settings, where that is asked for": {
      given: rolePolicy(allow("rds:DescribeDBInstances", "*")),
      config: { describing: false },
      says: /rds:DescribeDBInstances/,
    },
  },
  absent: { "without a policy": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: {
    ...UNKNOWN_POLICIES,
    "with a service whose actions are not in the table": rolePolicy(allow("snowball:CreateJob", "*")),
    "while the resource is not known": (stack) =>
      stack.add(ROLE_POLICY, "orders", { policy: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: [UNKNOWN] }] } }),
    "while an action on all resources is not known": (stack) =>
      stack.add(ROLE_POLICY, "orders", { policy: { Statement: [allow(["logs:DescribeLogGroups", UNKNOWN], "*")] } }),
    "while the condition is not known": (stack) =>
      stack.add(ROLE_POLICY, "orders", { policy: { Statement: [allow("s3:GetObject", "*", { Condition: UNKNOWN })] } }),
  },
  silentWhileUnknown: SILENT_ON_UNKNOWN_POLICY,
  mutations: {
    "a service reads every table": (stack) => addStatement(stack, ROLE_POLICY, "orders", "policy", allow("dynamodb:GetItem", "*")),
    "a function reads every secret": (stack) =>
      addStatement(stack, ROLE_POLICY, "payments-webhook-function", "policy", allow("secretsmanager:GetSecretValue", "*")),
  },
};
