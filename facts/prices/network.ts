import { type PriceTable } from "./table";

const API = { source: "https://aws.amazon.com/api-gateway/pricing/", date: "2026-11" } as const;
const ELB = { source: "https://aws.amazon.com/elasticloadbalancing/pricing/", date: "2026-11" } as const;
const VPC = { source: "https://aws.amazon.com/vpc/pricing/", date: "2026-11" } as const;
const PRIVATE_LINK = { source: "https://aws.amazon.com/privatelink/pricing/", date: "2026-11" } as const;
const ROUTE53 = { source: "https://aws.amazon.com/route53/pricing/", date: "2026-11" } as const;
const TRANSIT = { source: "https://aws.amazon.com/transit-gateway/pricing/", date: "2026-11" } as const;
const VPN = { source: "https://aws.amazon.com/vpn/pricing/", date: "2026-11" } as const;
const TRANSFER = { source: "https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer", date: "2026-11" } as const;

/** API Gateway, load balancers, NAT, endpoints, addresses and traffic. */
export const NETWORK_PRICES = {
  "api.http": { unit: "million", usd: { "us-east-1": 1, "eu-west-1": 1.11 }, ...API },
  "api.rest": { unit: "million", usd: { "us-east-1": 3.5 }, ...API },
  "alb.hour": { unit: "h", usd: { "us-east-1": 0.0225, "eu-west-1": 0.0252 }, ...ELB },
  "alb.lcu": { unit: "LCU-h", usd: { "us-east-1": 0.008, "eu-west-1": 0.008 }, ...ELB },
  "nlb.hour": { unit: "h", usd: { "us-east-1": 0.0225, "eu-west-1": 0.0252 }, ...ELB },
  "nlb.lcu": { unit: "LCU-h", usd: { "us-east-1": 0.006, "eu-west-1": 0.006 }, ...ELB },
  /** A Classic Load Balancer. */
  "clb.hour": { unit: "h", usd: { "us-east-1": 0.025, "eu-west-1": 0.028 }, ...ELB },
  "nat.hour": { unit: "h", usd: { "us-east-1": 0.045, "eu-west-1": 0.048 }, ...VPC },
  "nat.gb": { unit: "GB", usd: { "us-east-1": 0.045, "eu-west-1": 0.048 }, ...VPC },
  /** For each zone the endpoint has an interface in. */
  "endpoint.interface": { unit: "h", usd: { "us-east-1": 0.01, "eu-west-1": 0.011 }, ...PRIVATE_LINK },
  /** First tier of what goes through it, in both directions. */
  "endpoint.gb": { unit: "GB", usd: { "us-east-1": 0.01, "eu-west-1": 0.01 }, ...PRIVATE_LINK },
  "ipv4.public": { unit: "h", usd: { "us-east-1": 0.005, "eu-west-1": 0.005 }, ...VPC },
  "route53.zone": { unit: "month", usd: { "us-east-1": 0.5, "eu-west-1": 0.5 }, ...ROUTE53 },
  /** A VPC on a transit gateway. */
  "transit.attachment": { unit: "h", usd: { "us-east-1": 0.05, "eu-west-1": 0.05 }, ...TRANSIT },
  /** A Site-to-Site connection. */
  "vpn.connection": { unit: "h", usd: { "us-east-1": 0.05, "eu-west-1": 0.05 }, ...VPN },
  /** From one Availability Zone to another, for each of the two directions that are charged. */
  "zone.gb": { unit: "GB", usd: { "us-east-1": 0.01, "eu-west-1": 0.01 }, ...TRANSFER },
  /** To another region. */
  "region.gb": { unit: "GB", usd: { "us-east-1": 0.02, "eu-west-1": 0.02 }, ...TRANSFER },
  /** First tier, without the free 100 GB of an account. */
  "internet.out": { unit: "GB", usd: { "us-east-1": 0.09, "eu-west-1": 0.09 }, ...TRANSFER },
} as const satisfies PriceTable;
