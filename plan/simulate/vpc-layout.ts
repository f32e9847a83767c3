import { Address4 } from "ip-address";

/** What a subnet is for; `Unused` keeps a range free. */
export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

/** One tier of a VPC: a subnet in each Availability Zone. */
export interface Tier {
  readonly type: SubnetType;
  readonly name?: string;
  /** Prefix length of each subnet, for example 19. */
  readonly cidrMask?: number;
  /** Addresses in each subnet, a power of two; another way to say `cidrMask`. */
  readonly size?: number;
  /** One CIDR block for each Availability Zone, in their order. All tiers have them or none. */
  readonly cidrBlocks?: readonly string[];
}

/** What to divide, and into what. */
export interface LayoutRequest {
  readonly cidrBlock: string;
  /** How many Availability Zones. */
  readonly zones: number;
  /** Prefix length of each zone's share. Default: the range divided evenly by the zones, so that it changes with their number. */
  readonly zoneMask?: number;
  /** Default: a private and a public subnet, half and a quarter of each zone's share. */
  readonly tiers?: readonly Tier[];
}

/** A subnet with its range. */
export interface PlacedSubnet {
  readonly tier: Tier;
  /** 0-based place of the tier in the list of tiers. */
  readonly position: number;
  /** 0-based index of its Availability Zone. */
  readonly zone: number;
  readonly cidrBlock: string;
}

/** A layout that does not fit, with what would. */
export class LayoutError extends Error {
  constructor(
    readonly what: string,
    readonly right: string,
  ) {
    super(`${what}. ${right}.`);
    this.name = "LayoutError";
  }
}

/** Prefix lengths AWS accepts for a VPC and for a subnet. Source: VPC CIDR blocks, Subnet sizing, Amazon VPC User Guide (2026-11). */
const LARGEST = 16;
const SMALLEST = 28;

/** The longest prefix of a zone's share that the default tiers still fit. Source: subnetDistributorNew.ts of pulumi-awsx 3.9. */
const SMALLEST_DEFAULT_ZONE = 26;

/** Bits that number `count` things. */
function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}

/** Addresses in a block of this prefix length. */
function sizeOf(mask: number): number {
  return 2 ** (32 - mask);
}

function parse(cidrBlock: string): { start: number; mask: number } {
  if (!Address4.isValid(cidrBlock) || !cidrBlock.includes("/")) {
    throw new LayoutError(`"${cidrBlock}" is not an IPv4 CIDR block`, 'Write an address and a prefix length, for example "10.0.0.0/16"');
  }
  const address = new Address4(cidrBlock);
  return { start: Number(address.startAddress().bigInt()), mask: address.subnetMask };
}

function write(start: number, mask: number): string {
  return `${Address4.fromInteger(start).correctForm()}/${mask}`;
}

/** Prefix length of each zone's share of the range. */
export function zoneMaskOf({ cidrBlock, zones, zoneMask }: Pick<LayoutRequest, "cidrBlock" | "zones" | "zoneMask">): number {
  return zoneMask ?? parse(cidrBlock).mask + bitsFor(zones);
}

/** The tiers with `cidrMask` and `size` both filled in where either is given. */
export function completeTiers(tiers: readonly Tier[]): readonly Tier[] {
  return tiers.map((tier) => {
    if (tier.size !== undefined && !(Number.isInteger(Math.log2(tier.size)) && tier.size >= 4 && tier.size <= sizeOf(0))) {
      throw new LayoutError(`${describe(tier)} has size ${tier.size}`, "A size is a power of two");
    }
    if (tier.cidrBlocks) return tier;
    const cidrMask = tier.cidrMask ?? (tier.size === undefined ? undefined : 32 - Math.log2(tier.size));
    if (cidrMask === undefined) return tier;
    if (tier.size !== undefined && tier.size !== sizeOf(cidrMask)) {
      throw new LayoutError(
        `${describe(tier)} has cidrMask ${cidrMask} and size ${tier.size}`,
        `A /${cidrMask} has ${sizeOf(cidrMask)} addresses; give one of the two`,
      );
    }
    return { ...tier, cidrMask, size: sizeOf(cidrMask) };
  });
}

/** The tiers of a VPC that names none: half of each zone's share private, a quarter public, from at most a /16. */
export function defaultTiers(zoneMask: number): readonly Tier[] {
  if (zoneMask > SMALLEST_DEFAULT_ZONE) {
    throw new LayoutError(
      `each Availability Zone has only a /${zoneMask}, and the default subnets need a /${SMALLEST_DEFAULT_ZONE}`,
      "Give a larger cidrBlock, or subnetSpecs with a cidrMask each",
    );
  }
  const share = Math.max(zoneMask, LARGEST);
  return [
    { type: "Private", cidrMask: share + 1 },
    { type: "Public", cidrMask: share + 2 },
  ];
}

/**
 * The subnets of a VPC under the strategy `Auto`: zone by zone, and in each zone in the order of the tiers, each at the next place its size fits.
 * Throws {@link LayoutError} for what awsx refuses (too large together, overlapping, names that collide, lists that do not match the zones)
 * and for what AWS refuses later (outside the VPC, prefix lengths out of bounds).
 */
export function layOut(request: LayoutRequest): PlacedSubnet[] {
  const vpc = parse(request.cidrBlock);
  if (vpc.mask < LARGEST || vpc.mask > SMALLEST) {
    throw new LayoutError(`cidrBlock ${request.cidrBlock} is a /${vpc.mask}`, `AWS accepts a VPC from /${LARGEST} to /${SMALLEST}`);
  }
  const tiers = completeTiers(request.tiers ?? defaultTiers(zoneMaskOf(request)));
  checkNames(tiers);
  const placed = tiers.some((tier) => tier.cidrBlocks) ? takeBlocks(tiers, request.zones) : allocate(vpc.start, tiers, request);
  checkOverlaps(placed);
  checkInside(placed, request);
  return placed;
}

function allocate(vpcStart: number, tiers: readonly Tier[], request: LayoutRequest): PlacedSubnet[] {
  if (tiers.length === 0) throw new LayoutError("subnetSpecs is empty", "Leave it out for the default subnets, or name at least one");
  const zoneMask = zoneMaskOf(request);
  const zoneSize = sizeOf(zoneMask);
  const evenMask = zoneMask + bitsFor(tiers.length);
  const wanted = tiers.reduce((sum, tier) => sum + sizeOf(tier.cidrMask ?? evenMask), 0);
  if (wanted > zoneSize) {
    throw new LayoutError(
      `the subnets of one Availability Zone need ${wanted} addresses and its /${zoneMask} has ${zoneSize}`,
      "Give a larger cidrBlock, a smaller availabilityZoneCidrMask, larger masks in subnetSpecs or fewer Availability Zones",
    );
  }
  const placed: PlacedSubnet[] = [];
  for (let zone = 0; zone < request.zones; zone++) {
    let free = vpcStart + zone * zoneSize;
    for (const [position, tier] of tiers.entries()) {
      const mask = tier.cidrMask ?? evenMask;
      const size = sizeOf(mask);
      const start = position === 0 ? Math.floor(free / size) * size : Math.ceil(free / size) * size;
      if (start + size > sizeOf(0)) {
        throw new LayoutError(
          `${describe(tier)} of Availability Zone ${zone + 1} lies past the last IPv4 address`,
          "Give a cidrBlock with more room",
        );
      }
      placed.push({ tier, position, zone, cidrBlock: write(start, mask) });
      free = start + size;
    }
  }
  return placed;
}

function takeBlocks(tiers: readonly Tier[], zones: number): PlacedSubnet[] {
  return Array.from({ length: zones }).flatMap((_, zone) =>
    tiers.map((tier, position) => {
      const block = tier.cidrBlocks?.[zone];
      if (!tier.cidrBlocks || block === undefined || tier.cidrBlocks.length !== zones) {
        throw new LayoutError(
          `${describe(tier)} has ${tier.cidrBlocks?.length ?? 0} cidrBlocks for ${zones} Availability Zones`,
          "Give one CIDR block for each zone in every spec, or in none",
        );
      }
      const { mask } = parse(block);
      if ((tier.cidrMask ?? mask) !== mask || (tier.size ?? sizeOf(mask)) !== sizeOf(mask)) {
        throw new LayoutError(
          `${describe(tier)} has the CIDR block ${block} and another cidrMask or size`,
          "Leave out cidrMask and size beside cidrBlocks",
        );
      }
      return { tier, position, zone, cidrBlock: block };
    }),
  );
}

/** The part of a subnet's name that comes from its tier. */
export function tierName(tier: Pick<Tier, "type" | "name">): string {
  return tier.name ?? tier.type.toLowerCase();
}

function describe(tier: Tier): string {
  return `the ${tier.type} subnet${tier.name === undefined ? "" : ` "${tier.name}"`}`;
}

/** Two subnets of one name in a zone would be two resources of one URN. */
function checkNames(tiers: readonly Tier[]): void {
  const seen = new Set<string>();
  for (const tier of tiers) {
    const name = tierName(tier);
    // An Unused range is no resource: only another Unused one can take its name.
    const taken = `${tier.type === "Unused"} ${name}`;
    if (seen.has(taken))
      throw new LayoutError(`two subnetSpecs are called "${name}"`, "Give every spec of one type but the first a name of its own");
    seen.add(taken);
  }
}

function checkOverlaps(placed: readonly PlacedSubnet[]): void {
  const ranges = placed.map((subnet) => ({ subnet, address: new Address4(subnet.cidrBlock) }));
  const overlapping = ranges.filter(({ address }) =>
    ranges.some(({ address: other }) => other !== address && (address.isInSubnet(other) || other.isInSubnet(address))),
  );
  if (overlapping.length === 0) return;
  const list = overlapping.map(({ subnet }) => `${tierName(subnet.tier)}-${subnet.zone + 1} ${subnet.cidrBlock}`).join(", ");
  throw new LayoutError(
    `subnets overlap (${list})`,
    "List subnetSpecs from the largest subnet to the smallest, or give each Availability Zone a larger share",
  );
}

function checkInside(placed: readonly PlacedSubnet[], request: LayoutRequest): void {
  const vpc = new Address4(request.cidrBlock);
  for (const { tier, zone, cidrBlock } of placed) {
    const subnet = new Address4(cidrBlock);
    if (!subnet.isInSubnet(vpc)) {
      throw new LayoutError(
        `${describe(tier)} of Availability Zone ${zone + 1}, ${cidrBlock}, lies outside the VPC ${request.cidrBlock}`,
        "AWS refuses it: use fewer Availability Zones, a larger availabilityZoneCidrMask or a larger cidrBlock",
      );
    }
    if (tier.type !== "Unused" && (subnet.subnetMask < LARGEST || subnet.subnetMask > SMALLEST)) {
      throw new LayoutError(`${describe(tier)} is a /${subnet.subnetMask}`, `AWS accepts a subnet from /${LARGEST} to /${SMALLEST}`);
    }
  }
}
