import { type StackGraph } from "../../../policy/lib/graph";
import { type Subnet, SUBNET, Subnets } from "../../../policy/lib/network/subnets";
import { zoneOf } from "../../../policy/lib/network/zones";
import { read, type StackResource, text } from "../../../policy/lib/resource";
import { type PictureGroup, type PictureSubnet } from "./picture";

const VPC = "aws:ec2/vpc:Vpc";
const NAT = "aws:ec2/natGateway:NatGateway";

/** Id of the group of the region, in which everything of AWS is. */
export const REGION = "region";

/** Tiers of subnets by where their routes lead, from the internet inwards. */
export const TIERS = ["public", "private", "isolated"] as const;
export type Tier = (typeof TIERS)[number];

const TIER_DETAIL: Readonly<Record<Tier, string>> = {
  public: "to the internet",
  private: "out through NAT",
  isolated: "no way out",
};

/** The networks of a stack: groups for its VPCs and tiers, subnets, and where an endpoint stands. */
export interface NetworkSketch {
  readonly zones: readonly string[];
  readonly groups: readonly PictureGroup[];
  readonly subnets: readonly PictureSubnet[];
  /** Group and zones of something in these subnets; undefined for none of the stack. */
  readonly placeOf: (subnets: readonly Subnet[]) => { readonly tier: string; readonly zones: readonly string[] } | undefined;
}

function tierOf({ toInternetGateway, toNat }: Subnet): Tier {
  if (toInternetGateway === true) return "public";
  return toNat === true ? "private" : "isolated";
}

function tierId(vpc: string, tier: Tier): string {
  return `${vpc}/${tier}`;
}

/** Reads VPCs, tiers and zones off the subnets and their routes. */
export function networkOf(graph: StackGraph, region: string): NetworkSketch {
  const lookup = new Subnets(graph);
  const cells = graph.ofType(SUBNET).flatMap((resource) => {
    const [subnet] = lookup.get({ kind: "resource", resource });
    const vpc = subnet?.vpc === undefined ? undefined : graph.get(subnet.vpc);
    if (subnet === undefined || vpc === undefined) return [];
    return [{ resource, subnet, vpc, tier: tierId(vpc.name, tierOf(subnet)), zone: zoneOf(resource) ?? "unknown zone" }];
  });
  const byKey = new Map(cells.map((cell) => [cell.subnet.key, cell]));
  return {
    zones: [...new Set(cells.map(({ zone }) => zone))].sort(),
    groups: [{ id: REGION, kind: "region", label: region }, ...vpcGroups(graph), ...tierGroups(cells)],
    subnets: cells.map(({ resource, tier, zone }) => ({
      name: resource.name,
      zone,
      tier,
      cidr: text(read(resource, "cidrBlock")) ?? "unknown",
      nat: graph.referring(resource, "subnetId", [NAT]).length > 0,
    })),
    placeOf: (subnets) => {
      const found = subnets.flatMap(({ key }) => byKey.get(key) ?? []);
      const [first] = found;
      return first && { tier: first.tier, zones: [...new Set(found.map(({ zone }) => zone))].sort() };
    },
  };
}

function vpcGroups(graph: StackGraph): PictureGroup[] {
  return graph.ofType(VPC).map((vpc) => {
    const block = text(read(vpc, "cidrBlock"));
    return { id: vpc.name, parent: REGION, kind: "vpc", label: `VPC ${vpc.name}`, ...(block !== undefined && { detail: block }) };
  });
}

function tierGroups(cells: readonly { readonly vpc: StackResource; readonly tier: string }[]): PictureGroup[] {
  const vpcs = new Map(cells.map(({ vpc }) => [vpc.name, vpc]));
  const used = new Set(cells.map(({ tier }) => tier));
  return [...vpcs.keys()].flatMap((vpc) =>
    TIERS.filter((tier) => used.has(tierId(vpc, tier))).map((tier) => ({
      id: tierId(vpc, tier),
      parent: vpc,
      kind: "tier" as const,
      label: `${tier[0]?.toUpperCase()}${tier.slice(1)} subnets`,
      detail: TIER_DETAIL[tier],
    })),
  );
}
