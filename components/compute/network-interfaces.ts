import { type Statement } from "../iam";

/**
 * What Lambda does with a function's role to put the function inside the VPC: it makes network interfaces, whose names nobody knows before.
 * Source: Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC" (2026-11).
 */
export const FUNCTION_NETWORK: Statement = {
  Sid: "FunctionNetwork",
  Effect: "Allow",
  Action: [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
  ],
  Resource: "*",
};

/**
 * What the poller of a broker or a cluster inside the VPC does with the function's role: it makes network interfaces in their subnets.
 * Source: Lambda developer guide, "Configuring your Amazon MSK cluster and Amazon VPC network" (2026-11).
 */
export const POLLER_NETWORK: Statement = {
  Sid: "PollerNetwork",
  Effect: "Allow",
  Action: [
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeVpcs",
    "ec2:DescribeSubnets",
    "ec2:DescribeSecurityGroups",
  ],
  Resource: "*",
};

/** Takes those rights from the code itself: only its requests carry the ARN of a function. */
export const NOT_BY_THE_CODE: Statement = {
  Sid: "NotByTheCode",
  Effect: "Deny",
  Action: "ec2:*",
  Resource: "*",
  Condition: { Null: { "lambda:SourceFunctionArn": "false" } },
};
