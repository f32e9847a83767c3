import { type PriceTable } from "./table";

const LIST = "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/index.json";
const OCTOBER = { source: LIST, date: "2026-10" } as const;
const JULY = { source: LIST, date: "2026-07" } as const;

/** EC2 instances, Linux, shared tenancy, on demand. */
export const EC2_PRICES = {
  "ec2.m7g.medium": { unit: "h", usd: { "us-east-1": 0.0408, "eu-west-1": 0.0455 }, ...OCTOBER },
  "ec2.m7g.large": { unit: "h", usd: { "us-east-1": 0.0816, "eu-west-1": 0.091 }, ...OCTOBER },
  "ec2.m7g.xlarge": { unit: "h", usd: { "us-east-1": 0.1632, "eu-west-1": 0.1819 }, ...OCTOBER },
  "ec2.m7g.2xlarge": { unit: "h", usd: { "us-east-1": 0.3264, "eu-west-1": 0.3638 }, ...OCTOBER },
  "ec2.m7g.4xlarge": { unit: "h", usd: { "us-east-1": 0.6528, "eu-west-1": 0.7276 }, ...OCTOBER },
  "ec2.c7g.medium": { unit: "h", usd: { "us-east-1": 0.0363, "eu-west-1": 0.0388 }, ...OCTOBER },
  "ec2.c7g.large": { unit: "h", usd: { "us-east-1": 0.0725, "eu-west-1": 0.0775 }, ...OCTOBER },
  "ec2.c7g.xlarge": { unit: "h", usd: { "us-east-1": 0.145, "eu-west-1": 0.155 }, ...OCTOBER },
  "ec2.c7g.2xlarge": { unit: "h", usd: { "us-east-1": 0.29, "eu-west-1": 0.3101 }, ...OCTOBER },
  "ec2.c7g.4xlarge": { unit: "h", usd: { "us-east-1": 0.58, "eu-west-1": 0.6202 }, ...OCTOBER },
  "ec2.r7g.medium": { unit: "h", usd: { "us-east-1": 0.0536, "eu-west-1": 0.0599 }, ...OCTOBER },
  "ec2.r7g.large": { unit: "h", usd: { "us-east-1": 0.1071, "eu-west-1": 0.1199 }, ...OCTOBER },
  "ec2.r7g.xlarge": { unit: "h", usd: { "us-east-1": 0.2142, "eu-west-1": 0.2397 }, ...OCTOBER },
  "ec2.r7g.2xlarge": { unit: "h", usd: { "us-east-1": 0.4284, "eu-west-1": 0.4794 }, ...OCTOBER },
  "ec2.r7g.4xlarge": { unit: "h", usd: { "us-east-1": 0.8568, "eu-west-1": 0.9588 }, ...OCTOBER },
  "ec2.t4g.small": { unit: "h", usd: { "us-east-1": 0.0168 }, ...JULY },
  "ec2.t4g.medium": { unit: "h", usd: { "us-east-1": 0.0336, "eu-west-1": 0.0368 }, ...OCTOBER },
  "ec2.t4g.large": { unit: "h", usd: { "us-east-1": 0.0672, "eu-west-1": 0.0736 }, ...OCTOBER },
  "ec2.t4g.xlarge": { unit: "h", usd: { "us-east-1": 0.1344, "eu-west-1": 0.1472 }, ...OCTOBER },
  "ec2.t4g.2xlarge": { unit: "h", usd: { "us-east-1": 0.2688, "eu-west-1": 0.2944 }, ...OCTOBER },
  "ec2.m7i.large": { unit: "h", usd: { "us-east-1": 0.1008, "eu-west-1": 0.11235 }, ...OCTOBER },
  "ec2.m7i.xlarge": { unit: "h", usd: { "us-east-1": 0.2016, "eu-west-1": 0.2247 }, ...OCTOBER },
  "ec2.m7i.2xlarge": { unit: "h", usd: { "us-east-1": 0.4032, "eu-west-1": 0.4494 }, ...OCTOBER },
  "ec2.m7i.4xlarge": { unit: "h", usd: { "us-east-1": 0.8064, "eu-west-1": 0.8988 }, ...OCTOBER },
  "ec2.c7i.large": { unit: "h", usd: { "us-east-1": 0.08925 }, ...JULY },
  "ec2.c7i.xlarge": { unit: "h", usd: { "us-east-1": 0.1785 }, ...JULY },
  "ec2.c7i.2xlarge": { unit: "h", usd: { "us-east-1": 0.357 }, ...JULY },
  "ec2.c7i.4xlarge": { unit: "h", usd: { "us-east-1": 0.714 }, ...JULY },
  "ec2.r7i.large": { unit: "h", usd: { "us-east-1": 0.1323 }, ...JULY },
  "ec2.r7i.xlarge": { unit: "h", usd: { "us-east-1": 0.2646 }, ...JULY },
  "ec2.r7i.2xlarge": { unit: "h", usd: { "us-east-1": 0.5292 }, ...JULY },
  "ec2.r7i.4xlarge": { unit: "h", usd: { "us-east-1": 1.0584 }, ...JULY },
  "ec2.t3.small": { unit: "h", usd: { "us-east-1": 0.0208 }, ...JULY },
  "ec2.t3.medium": { unit: "h", usd: { "us-east-1": 0.0416 }, ...JULY },
  "ec2.t3.large": { unit: "h", usd: { "us-east-1": 0.0832 }, ...JULY },
  "ec2.t3.xlarge": { unit: "h", usd: { "us-east-1": 0.1664 }, ...JULY },
  "ec2.t3.2xlarge": { unit: "h", usd: { "us-east-1": 0.3328 }, ...JULY },
} as const satisfies PriceTable;
