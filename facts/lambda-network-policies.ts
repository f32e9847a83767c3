import { type Fact } from "./row";

/** What Lambda does with the role of a function in a VPC, to give it a network interface. */
export const LAMBDA_INTERFACE_ACTIONS: Fact & { readonly actions: readonly string[] } = {
  actions: ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"],
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
  date: "2026-11",
};

/** Policies of AWS by whether they allow that, by what comes last in their ARN. One that is not in the table may or may not. */
export const INTERFACE_POLICIES: Fact & { readonly allow: ReadonlySet<string>; readonly lack: ReadonlySet<string> } = {
  allow: new Set([
    "AWSLambdaVPCAccessExecutionRole",
    "AWSLambdaENIManagementAccess",
    "AWSLambdaMSKExecutionRole",
    "AdministratorAccess",
    "PowerUserAccess",
    "AmazonEC2FullAccess",
  ]),
  lack: new Set([
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaBasicDurableExecutionRolePolicy",
    "AWSLambdaDynamoDBExecutionRole",
    "AWSLambdaKinesisExecutionRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSXRayDaemonWriteAccess",
    "AWSXrayWriteOnlyAccess",
    "CloudWatchLambdaInsightsExecutionRolePolicy",
    "SecretsManagerReadWrite",
    "AmazonS3ReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonSQSFullAccess",
    "AmazonSNSFullAccess",
  ]),
  source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html",
  date: "2026-11",
};
