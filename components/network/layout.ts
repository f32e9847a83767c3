import { type Fault } from "../faults";
import { isAligned, parseCidr } from "./cidr";

/** The three tiers of subnets, from the largest to the smallest: awsx refuses any other order. */
export const TIERS = ["private", "public", "isolated"] as const;
export type Tier = (typeof TIERS)[number];

/** Zone blocks in a VPC: a quarter of the range each, so that a fourth zone can always be added. */
export const ZONE_SLOTS = 4;

/** Prefix lengths that a VPC's range is divided by. */
export interface Layout {
  /** Prefix length of one zone's block. */
  readonly zone: number;
  /** Prefix length of each tier's subnet inside a zone's block. */
  readonly tiers: Readonly<Record<Tier, number>>;
}

// EC2 API reference, CreateVpc: a VPC is /16 to /28. The narrow end follows from the smallest subnet a load balancer
// accepts, /27 (Elastic Load Balancing user guide, "Subnets for your load balancer", 2026-11): public is six bits below the VPC.
const WIDEST_VPC = 16;
const NARROWEST_VPC = 21;

/**
 * How a VPC's range is divided. Each zone's block depends only on the VPC's range, so adding a zone never moves a subnet;
 * the second half of each block stays free for a tier to come.
 */
export function layout(cidr: string): Layout {
  const { prefix } = parseCidr(cidr);
  return { zone: prefix + 2, tiers: { private: prefix + 3, public: prefix + 6, isolated: prefix + 6 } };
}

/** What is wrong with a VPC's range; the key is the caller's to complete. */
export function validateLayout(cidr: string): Fault[] {
  const { prefix } = parseCidr(cidr);
  if (!isAligned(cidr))
    return [{ key: "", what: "does not start at the first address of its block", got: cidr, right: "clear the host bits" }];
  if (prefix < WIDEST_VPC)
    return [{ key: "", what: "is too large for a VPC", got: cidr, right: `give /${WIDEST_VPC} to /${NARROWEST_VPC}` }];
  if (prefix > NARROWEST_VPC)
    return [
      {
        key: "",
        what: `is too small for ${ZONE_SLOTS} zones of three tiers with load balancers`,
        got: cidr,
        right: `give /${WIDEST_VPC} to /${NARROWEST_VPC}`,
      },
    ];
  return [];
}
