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
  "eks.cluster": { unit: "h", usd: { "us-east-1": 0.1, "eu-west-1": 0.1 }, ...EKS },
} as const satisfies PriceTable;
