import { type Json, UNKNOWN } from "../graph";
import { type NatStrategy, tiersOf } from "./awsx-vpc-arguments";
import type { RegisteredChild } from "./expansion";
import { type Construction, derive, outputOf, Sourced } from "./sourced";
import { completeTiers, defaultTiers, LayoutError, layOut, type SubnetType, tierName, zoneMaskOf } from "./vpc-layout";

/** A subnet the component will make: where, how large, what it is called. */
export interface PlannedSubnet {
  readonly type: SubnetType;
  readonly zone: number;
  readonly name: string;
  readonly nameTag: string;
  readonly cidrBlock: Sourced;
  readonly tags: Sourced;
  readonly assignIpv6: Sourced;
}

/** A subnet that is registered, with its type and zone. */
export interface MadeSubnet {
  readonly type: SubnetType;
  readonly zone: number;
  readonly subnet: RegisteredChild;
  readonly routeTable: RegisteredChild;
}

/** The subnets the arguments ask for, in the order of the layout; their ranges are unknown as long as the VPC's is. */
export function planSubnets(construction: Construction, cidrBlock: Sourced, zones: readonly string[], nat: NatStrategy): PlannedSubnet[] {
  const { name: vpcName } = construction.component;
  const byZone = construction.text("subnetNameTagStrategy") === "AvailabilityZone";
  const zoneMask = construction.number("availabilityZoneCidrMask");
  const tiers = tiersOf(construction);
  const placed = fitting(construction, () => {
    // With a range that is not known yet the sizes say nothing either: any range shows which subnets there will be.
    const known = cidrBlock.value === UNKNOWN ? undefined : String(cidrBlock.value);
    if (known !== undefined) return layOut({ cidrBlock: known, zones: zones.length, zoneMask, tiers });
    const types = tiers ?? defaultTiers(LARGEST_ZONE);
    return zones.flatMap((_, zone) => types.map((tier, position) => ({ tier, position, zone, cidrBlock: UNKNOWN })));
  });
  checkRoutes(
    construction,
    nat,
    placed.map(({ tier }) => tier.type),
  );
  if (byZone) checkSuffixes(construction, zones);
  return placed
    .filter(({ tier }) => tier.type !== "Unused")
    .map(({ tier, position, zone, cidrBlock: block }) => {
      const name = `${vpcName}-${tierName(tier)}-${zone + 1}`;
      const zoneName = zones[zone] ?? UNKNOWN;
      const spec = tiers?.[position];
      return {
        type: tier.type,
        zone,
        name,
        nameTag: !byZone ? name : zoneName === UNKNOWN ? UNKNOWN : `${vpcName}-${tierName(tier)}-${zoneSuffix(zoneName)}`,
        cidrBlock: new Sourced(block, cidrBlock.urns),
        tags: construction.within("subnetSpecs", spec?.tags),
        assignIpv6: assignIpv6(construction, spec?.assignIpv6AddressOnCreation),
      };
    });
}

/** A zone mask under which the default tiers always fit, for ranges that are not known yet. */
const LARGEST_ZONE = 16;

/** The layout output: the specs with mask and size filled in, or the default tiers. */
export function subnetLayout(construction: Construction, cidrBlock: Json | undefined, zones: number): Json {
  const tiers = tiersOf(construction);
  const zoneMask = construction.number("availabilityZoneCidrMask");
  if (!tiers && typeof cidrBlock !== "string") return UNKNOWN;
  if (!tiers && cidrBlock === UNKNOWN) return UNKNOWN;
  return fitting(construction, () =>
    (tiers ? completeTiers(tiers) : defaultTiers(zoneMaskOf({ cidrBlock: String(cidrBlock), zones, zoneMask }))).map((tier) => {
      const { name, type, cidrMask, size, cidrBlocks } = tier;
      return {
        ...(name && { name }),
        ...(cidrBlocks && { cidrBlocks: [...cidrBlocks] }),
        ...(cidrMask && { cidrMask }),
        ...(size && { size }),
        type,
      };
    }),
  );
}

/** Runs a layout and says its refusal as the component's. */
function fitting<T>(construction: Construction, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof LayoutError) return construction.refuse(error.what, error.right);
    throw error;
  }
}

function checkRoutes(construction: Construction, nat: NatStrategy, types: readonly SubnetType[]): void {
  if (nat === "None") return;
  if (types.includes("Public") && (types.includes("Private") || types.includes("Isolated"))) return;
  construction.refuse(
    `natGateways.strategy ${nat} needs a Public subnet for the NAT gateway and a Private or Isolated one behind it`,
    'Add them to subnetSpecs, or set natGateways: { strategy: "None" }',
  );
}

/** The zone without its region, for example `1a` of `us-east-1a`. */
function zoneSuffix(zone: string): string {
  return zone.replace(/^[a-z]{2}(?:-[a-z]+)+-/, "");
}

function checkSuffixes(construction: Construction, zones: readonly string[]): void {
  const suffixes = zones.filter((zone) => zone !== UNKNOWN).map(zoneSuffix);
  const repeated = suffixes.find((suffix, index) => suffixes.indexOf(suffix) !== index);
  if (repeated === undefined) return;
  construction.refuse(`two Availability Zones end in "${repeated}", so two subnets would share a Name tag`, "Use the zones of one region");
}

function assignIpv6(construction: Construction, ofSpec: Json | undefined): Sourced {
  const ofVpc = construction.argument("assignGeneratedIpv6CidrBlock");
  const hasRange = Boolean(ofVpc.value) || construction.has("ipv6CidrBlock") || construction.has("ipv6IpamPoolId");
  if (ofSpec === true && !hasRange) {
    construction.refuse("a subnet has assignIpv6AddressOnCreation and the VPC has no IPv6 range", "Set assignGeneratedIpv6CidrBlock: true");
  }
  if (ofSpec !== undefined) return construction.within("subnetSpecs", ofSpec);
  return new Sourced(ofVpc.value ?? false, ofVpc.urns);
}

/**
 * The /64 of a subnet inside the /56 of the VPC; undefined for a subnet without IPv6.
 * `index` counts the subnets zone by zone within each position, so a new zone renumbers them.
 */
export function ipv6Block(construction: Construction, vpc: RegisteredChild, assign: Sourced, index: number): Sourced | undefined {
  if (assign.value === false) return undefined;
  return derive([unknownIfAbsent(outputOf(vpc, "ipv6CidrBlock")), assign], ([block]) => {
    const [address = "", mask] = String(block).split("/");
    if (mask !== "56") construction.refuse(`the IPv6 range of the VPC is ${String(block)}`, "Use a /56, of which each subnet gets a /64");
    const groups = address.split(":");
    const subnet = (parseInt(groups[3] || "0", 16) & 0xff00) | index;
    return `${groups.slice(0, 3).join(":")}:${subnet.toString(16)}::/64`;
  });
}

/** An output the simulation does not give, as unknown. */
export function unknownIfAbsent(source: Sourced): Sourced {
  return source.value === undefined ? new Sourced(UNKNOWN, source.urns) : source;
}
