import { type Limit } from "./row";

const QUOTAS = { source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html", date: "2026-11" } as const;
const SUBNETS = { source: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html", date: "2026-11" } as const;

/** What Amazon VPC allows. */
export const VPC_LIMITS = {
  /** Security groups of one network interface. AWS raises it to 16, for fewer rules a group. */
  groupsPerInterface: { value: 5, unit: "count", adjustable: true, ...QUOTAS },
  /** Bits of the prefix of the largest IPv4 subnet or VPC, and of the smallest. */
  largestPrefix: { value: 16, unit: "count", adjustable: false, ...SUBNETS },
  smallestPrefix: { value: 28, unit: "count", adjustable: false, ...SUBNETS },
  /** Highest port of TCP and UDP. */
  port: {
    value: 65_535,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;
