import { type Fact } from "./row";

/** An error that goes away by itself, so that the same operation succeeds a little later. */
export interface TransientError extends Fact {
  /** What it is, in words that follow "because". */
  readonly what: string;
  /** Codes of AWS's APIs, as they stand behind `api error`. A pattern is of a whole code. */
  readonly codes: readonly RegExp[];
  /** What the message must say besides; where a code alone could also mean that something is wrong. */
  readonly says?: RegExp;
  /** Operations in which it is transient. Default: all. */
  readonly during?: "delete";
}

const DATE = "2026-11";

/** Errors of AWS that are worth another try; every other one is not. */
export const TRANSIENT_ERRORS: readonly TransientError[] = [
  {
    what: "AWS was asked too often",
    codes: [
      /Throttl\w*/,
      /RequestLimitExceeded/,
      /TooManyRequestsException/,
      /SlowDown/,
      /PriorRequestNotComplete/,
      /RequestThrottled\w*/,
      /EC2ThrottledException/,
    ],
    source: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
    date: DATE,
  },
  {
    what: "a service of AWS failed",
    codes: [
      /Internal(Error|Failure|ServerError|ServerException|ServiceError|Exception)?/,
      /ServiceUnavailable(Exception)?/,
      /Unavailable/,
      /RequestTimeout(Exception)?/,
    ],
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
    date: DATE,
  },
  {
    what: "a role or policy that was just made is not known everywhere",
    codes: [
      /InvalidParameterValue(Exception)?/,
      /ValidationE\w+/,
      /InvalidParameterException/,
      /InvalidRequest(Exception)?/,
      /BadRequestException/,
      /ClientException/,
      /MalformedPolicyDocument(Exception)?/,
    ],
    says: /cannot be assumed|can't be assumed|unable to assume|not authorized to assume|Invalid principal|Invalid IAM Instance Profile|execution role does not have permissions|verify that the \w+ service[- ]linked role exists/i,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency",
    date: DATE,
  },
  {
    what: "something that was just made is not known everywhere",
    codes: [
      /Invalid(Vpc|Subnet|Group|SecurityGroup|RouteTable|InternetGateway|NatGateway|Allocation|NetworkInterface)(ID|Id)?\.NotFound/,
      /NatGatewayNotFound/,
    ],
    source: "https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html",
    date: DATE,
  },
  {
    what: "a network interface still uses it",
    codes: [/DependencyViolation/, /InvalidParameterValue/, /ResourceInUse(Exception)?/, /InvalidNetworkInterface\.InUse/],
    says: /depend|in use/i,
    during: "delete",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
    date: DATE,
  },
  {
    what: "it is being changed",
    codes: [
      /Invalid(DBInstance|DBCluster|ReplicationGroup|CacheCluster|User|UserGroup|ClusterState|ServerlessCache)State(Fault)?/,
      /ConcurrentModification(Exception)?/,
      /OperationAborted/,
      /OptimisticLockException/,
      /ResourceNotReadyException/,
    ],
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html",
    date: DATE,
  },
  {
    what: "it is being changed",
    codes: [/ResourceConflictException/, /ResourceInUseException/, /ConflictException/],
    says: /in progress|is currently|being (created|updated|deleted)|at this time/i,
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html",
    date: DATE,
  },
];
