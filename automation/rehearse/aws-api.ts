import { createHash } from "node:crypto";
import { sdkIdOf } from "../../facts/aws-services";

/** An error of an AWS API. */
export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const ACTIONS = { create: "Create", read: "Describe", update: "Modify", delete: "Delete" } as const;
/** What an operation does to a resource. */
export type Action = keyof typeof ACTIONS;

/**
 * An error as the AWS provider passes it on.
 * Source: the format of `smithy.OperationError` and `ResponseError` of aws-sdk-go-v2 (2026-11).
 * @param id in place of the random one of a request.
 */
export function awsErrorText(type: string, action: Action, { status, code, message }: AwsError, id: string): string {
  const call = `${ACTIONS[action]}${type.split(":").at(-1) ?? ""}`;
  const digits = createHash("sha256").update(`${id}/${action}/${code}`).digest("hex");
  const request = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20, 32)].join("-");
  return `operation error ${sdkIdOf(type)}: ${call}, https response error StatusCode: ${status}, RequestID: ${request}, api error ${code}: ${message}`;
}

/** How a service says that it is asked too often. Source: "Common errors" in the API references of EC2, IAM, S3 and others (2026-11). */
export function throttled(service: string): AwsError {
  if (service === "ec2") return { status: 503, code: "RequestLimitExceeded", message: "Request limit exceeded." };
  if (service === "s3") return { status: 503, code: "SlowDown", message: "Please reduce your request rate." };
  if (["iam", "rds", "elasticloadbalancing", "elasticache", "autoscaling", "monitoring"].includes(service))
    return { status: 400, code: "Throttling", message: "Rate exceeded" };
  if (["lambda", "apigateway", "mq", "eks", "kafka"].includes(service))
    return { status: 429, code: "TooManyRequestsException", message: "Rate exceeded" };
  return { status: 400, code: "ThrottlingException", message: "Rate exceeded" };
}

/** How a service says that it fails for no fault of the caller. */
export function unavailable(service: string): AwsError {
  return service === "ec2"
    ? { status: 503, code: "Unavailable", message: "The server is overloaded and can't handle the request." }
    : { status: 503, code: "ServiceUnavailable", message: "The service is temporarily unavailable. Please try again." };
}

/** How AWS words it when there are as many of a type as there may be. Source: the API references of the services (2026-11). */
const LIMITS: Readonly<Record<string, AwsError>> = {
  "aws:ec2/eip:Eip": { status: 400, code: "AddressLimitExceeded", message: "The maximum number of addresses has been reached." },
  "aws:ec2/vpc:Vpc": { status: 400, code: "VpcLimitExceeded", message: "The maximum number of VPCs has been reached." },
  "aws:ec2/natGateway:NatGateway": {
    status: 400,
    code: "NatGatewayLimitExceeded",
    message: "The maximum number of NAT gateways has been reached.",
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    status: 400,
    code: "SecurityGroupLimitExceeded",
    message: "You have reached the maximum number of security groups allowed.",
  },
  "aws:iam/role:Role": { status: 409, code: "LimitExceeded", message: "Cannot exceed quota for RolesPerAccount." },
  "aws:rds/instance:Instance": { status: 400, code: "InstanceQuotaExceeded", message: "Cannot create more than the allowed DB instances." },
};

/** The refusal of one resource more than a quota allows. */
export function quotaExceeded(type: string, most: number): AwsError {
  return LIMITS[type] ?? { status: 400, code: "LimitExceededException", message: `The account may have at most ${most} of these.` };
}
