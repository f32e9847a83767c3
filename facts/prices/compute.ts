import { type PriceTable } from "./table";

const LAMBDA = { source: "https://aws.amazon.com/lambda/pricing/", date: "2026-11" } as const;
const FARGATE = { source: "https://aws.amazon.com/fargate/pricing/", date: "2026-11" } as const;
const EKS = { source: "https://aws.amazon.com/eks/pricing/", date: "2026-11" } as const;

/** Lambda (first tier), Fargate (Linux) and EKS. */
export const COMPUTE_PRICES = {
  "lambda.gb-second.x86_64": { unit: "GB-second", usd: { "us-east-1": 0.0000166667, "eu-west-1": 0.0000166667 }, ...LAMBDA },
  "lambda.gb-second.arm64": { unit: "GB-second", usd: { "us-east-1": 0.0000133334, "eu-west-1": 0.0000133334 }, ...LAMBDA },
  "lambda.requests": { unit: "million", usd: { "us-east-1": 0.2, "eu-west-1": 0.2 }, ...LAMBDA },
  "fargate.vcpu-hour.x86_64": { unit: "vCPU-h", usd: { "us-east-1": 0.04048, "eu-west-1": 0.04048 }, ...FARGATE },
  "fargate.vcpu-hour.arm64": { unit: "vCPU-h", usd: { "us-east-1": 0.03238, "eu-west-1": 0.03238 }, ...FARGATE },
  "fargate.gb-hour.x86_64": { unit: "GB-h", usd: { "us-east-1": 0.004445, "eu-west-1": 0.004445 }, ...FARGATE },
  "fargate.gb-hour.arm64": { unit: "GB-h", usd: { "us-east-1": 0.00356, "eu-west-1": 0.00356 }, ...FARGATE },
  /** Disk of a task above the 20 GB that it has. */
  "fargate.storage.gb-hour": { unit: "GB-h", usd: { "us-east-1": 0.000111 }, ...FARGATE },
  "lambda.provisioned.gb-second.x86_64": { unit: "GB-second", usd: { "us-east-1": 0.0000041667, "eu-west-1": 0.0000041667 }, ...LAMBDA },
  "lambda.provisioned.gb-second.arm64": { unit: "GB-second", usd: { "us-east-1": 0.0000033334, "eu-west-1": 0.0000033334 }, ...LAMBDA },
  /** What EKS Auto Mode adds to an instance it runs, whatever the instance is bought for. */
  "eks.auto-mode.m7g.large": { unit: "h", usd: { "us-east-1": 0.00979, "eu-west-1": 0.01092 }, ...EKS },
  "eks.cluster": { unit: "h", usd: { "us-east-1": 0.1, "eu-west-1": 0.1 }, ...EKS },
  /** Instead of `eks.cluster`, for a version that is in extended support. */
  "eks.cluster.extended": { unit: "h", usd: { "us-east-1": 0.6, "eu-west-1": 0.6 }, ...EKS },
} as const satisfies PriceTable;
