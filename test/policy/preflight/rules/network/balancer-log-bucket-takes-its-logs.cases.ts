import { balancerLogBucketTakesItsLogs as rule } from "../../../../../policy/preflight/rules/network/balancer-log-bucket-takes-its-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const WRITER = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };

function policy(principal: Inputs, action = "s3:PutObject"): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: principal, Action: action, Resource: "*" }] });
}

interface Setup {
  readonly balancer?: Inputs;
  readonly algorithm?: string;
  readonly policy?: string;
  readonly type?: string;
}

function logging({ balancer = {}, algorithm, policy: document, type = "aws:s3/bucket:Bucket" }: Setup): Given {
  return (stack: TestStack) => {
    const bucket = stack.add(type, "logs");
    if (algorithm !== undefined)
      stack.add(ENCRYPTION, "logs", { bucket: id(bucket), rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: algorithm } }] });
    if (document !== undefined) stack.add(POLICY, "logs", { bucket: id(bucket), policy: document });
    return stack.add(BALANCER, "web", { accessLogs: { bucket: id(bucket), enabled: true }, ...balancer });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a policy for the writer": logging({ algorithm: "AES256", policy: policy(WRITER) }),
    "with a policy for the writer, before the bucket is made": {
      given: logging({ algorithm: "AES256", policy: policy(WRITER) }),
      known: false,
    },
    "with a policy for the account of an older region": logging({ policy: policy({ AWS: "arn:aws:iam::127311923021:root" }) }),
    "of type network with a KMS key": logging({
      balancer: { loadBalancerType: "network" },
      algorithm: "aws:kms",
      policy: policy({ Service: ["delivery.logs.amazonaws.com"] }),
    }),
  },
  fail: {
    "with a KMS key": {
      given: logging({ algorithm: "aws:kms", policy: policy(WRITER) }),
      known: false,
      says: /logs is encrypted with aws:kms/,
    },
    "without a policy": { given: logging({ algorithm: "AES256" }), says: /no policy of logs lets logdelivery/ },
    "with a policy that lets the writer only read": {
      given: logging({ policy: policy(WRITER, "s3:GetObject") }),
      says: /no policy of logs/,
    },
    "with a policy for another service": {
      given: logging({ policy: policy({ Service: "cloudtrail.amazonaws.com" }) }),
      says: /no policy of logs/,
    },
  },
  absent: {
    "without access logs": { given: (stack) => stack.add(BALANCER, "web"), says: "nothing" },
    "with a bucket that says nothing of encryption, which has keys of S3": { given: logging({ policy: policy(WRITER) }), says: "pass" },
    "with a bucket from outside the stack": {
      given: (stack) => stack.add(BALANCER, "web", { accessLogs: { bucket: "logs-of-ours", enabled: true } }),
      says: "nothing",
    },
  },
  unknown: {
    "with a KMS key, while the type of the load balancer is not known": logging({
      balancer: { loadBalancerType: UNKNOWN },
      algorithm: "aws:kms",
      policy: policy(WRITER),
    }),
    "while the policy is not known": logging({ policy: UNKNOWN }),
    "while nobody can say which bucket it is": (stack) => stack.add(BALANCER, "web", { accessLogs: { bucket: UNKNOWN, enabled: true } }),
  },
  mutations: {
    "the log bucket of the load balancer lets the writer only read": (stack) =>
      stack.edit(
        stack.one(POLICY, "public-logs"),
        "policy",
        (document) => JSON.parse(JSON.stringify(document).replaceAll("s3:PutObject", "s3:GetObject")) as typeof document,
      ),
  },
};
