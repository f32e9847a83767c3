import { type Json, UNKNOWN } from "../graph";
import type { Construction, Input, Sourced } from "./sourced";
import type { SubnetType, Tier } from "./vpc-layout";

/** Availability Zones when the program names neither zones nor their number. Source: `getDefaultAzs`, awsx/ec2/vpc.ts of pulumi-awsx 3.9. */
const DEFAULT_ZONES = 3;

const NAT_STRATEGIES = ["None", "Single", "OnePerAz"] as const;

/** How many NAT gateways a VPC has: none, one for all zones, one in each. */
export type NatStrategy = (typeof NAT_STRATEGIES)[number];

/** The two DNS switches of the VPC, which endpoints of strategy `Auto` turn on where they need them. */
export function privateDnsDefaults(construction: Construction): Record<string, Input> {
  const keys = ["enableDnsHostnames", "enableDnsSupport"];
  const needed =
    construction.text("vpcEndpointStrategy") === "Auto" &&
    (construction.records("vpcEndpointSpecs") ?? []).some(
      (spec) => String(spec["vpcEndpointType"]).toLowerCase() === "interface" && (spec["privateDnsEnabled"] ?? true) === true,
    );
  return Object.fromEntries(
    keys.map((key) => {
      const given = construction.argument(key);
      if (needed && given.value === false) {
        construction.refuse(
          `${key} is false and an Interface endpoint has private DNS`,
          `Leave out ${key}, or set privateDnsEnabled: false on the endpoint`,
        );
      }
      return [key, needed && given.value === undefined ? true : given];
    }),
  );
}

/** The zones by name; unknown where the program gives only their number. */
export function zonesOf(construction: Construction): string[] {
  const names = construction.texts("availabilityZoneNames");
  const count = construction.number("numberOfAvailabilityZones");
  if (names && count !== undefined) {
    construction.refuse(
      "availabilityZoneNames and numberOfAvailabilityZones are both given",
      "Give one of the two; names keep the zones when AWS adds one",
    );
  }
  if (!names) return Array.from({ length: count ?? DEFAULT_ZONES }, () => UNKNOWN);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) construction.refuse(`availabilityZoneNames has ${repeated} twice`, "Name each Availability Zone once");
  return names;
}

/** How many NAT gateways, and the Elastic IPs that are brought along. */
export function natGatewaysOf(construction: Construction, zones: number): { strategy: NatStrategy; allocationIds: readonly Sourced[] } {
  const given = construction.record("natGateways") ?? {};
  const asked = given["strategy"] ?? "OnePerAz";
  const strategy = NAT_STRATEGIES.find((known) => known.toLowerCase() === String(asked).toLowerCase());
  if (!strategy) return construction.refuse(`natGateways.strategy is ${JSON.stringify(asked)}`, `Use one of ${NAT_STRATEGIES.join(", ")}`);
  const ids = given["elasticIpAllocationIds"] ?? [];
  if (!Array.isArray(ids))
    return construction.refuse("natGateways.elasticIpAllocationIds is no list", "Give a list whose length is known when the program runs");
  const wanted = { None: 0, Single: 1, OnePerAz: zones }[strategy];
  if (ids.length > 0 && ids.length !== wanted) {
    construction.refuse(
      `natGateways has ${ids.length} elasticIpAllocationIds and strategy ${strategy} makes ${wanted} NAT gateways`,
      "Give one allocation id for each NAT gateway, or none",
    );
  }
  return { strategy, allocationIds: ids.map((id) => construction.within("natGateways", id)) };
}

/** Refuses combinations of arguments, and strategies whose layout the plan does not know. */
export function checkVpcArguments(construction: Construction): void {
  const strategy = construction.text("subnetStrategy") ?? "Legacy";
  if (strategy !== "Auto") {
    const why = construction.has("subnetStrategy") ? `subnetStrategy "${strategy}"` : 'the default subnetStrategy "Legacy"';
    construction.notModelled(
      why,
      'Use subnetStrategy: "Auto" with availabilityZoneNames, availabilityZoneCidrMask and subnetSpecs from large to small',
    );
  }
  if (!construction.has("ipv4IpamPoolId")) return;
  if (construction.has("cidrBlock") === construction.has("ipv4NetmaskLength")) {
    construction.refuse("ipv4IpamPoolId needs either cidrBlock or ipv4NetmaskLength", "Give exactly one of the two");
  }
}
/** A tier with what the layout does not need of its spec. */
export interface SpecifiedTier extends Tier {
  readonly tags?: Json;
  readonly assignIpv6AddressOnCreation?: Json;
}

const SUBNET_TYPES: readonly SubnetType[] = ["Public", "Private", "Isolated", "Unused"];

/** The tiers as the program gives them; undefined for the default ones. */
export function tiersOf(construction: Construction): readonly SpecifiedTier[] | undefined {
  return construction.records("subnetSpecs")?.map((spec, index) => {
    const plain = <T extends Json>(key: string, wanted: string, is: (value: Json) => value is T): T | undefined => {
      const value = spec[key] ?? undefined;
      if (value === undefined || (value !== UNKNOWN && is(value))) return value;
      return construction.refuse(
        `subnetSpecs[${index}].${key} is no ${wanted} that is known when the program runs`,
        `Give a plain ${wanted}`,
      );
    };
    const type = SUBNET_TYPES.find((known) => known.toLowerCase() === String(spec["type"]).toLowerCase());
    return {
      type:
        type ??
        construction.refuse(`subnetSpecs[${index}].type is ${JSON.stringify(spec["type"])}`, `Use one of ${SUBNET_TYPES.join(", ")}`),
      name: plain("name", "string", isText),
      cidrMask: plain("cidrMask", "number", isNumber),
      size: plain("size", "number", isNumber),
      cidrBlocks: plain("cidrBlocks", "list of CIDR blocks", isTexts),
      tags: spec["tags"],
      assignIpv6AddressOnCreation: spec["assignIpv6AddressOnCreation"],
    };
  });
}

function isText(value: Json): value is string {
  return typeof value === "string";
}

function isNumber(value: Json): value is number {
  return typeof value === "number";
}

function isTexts(value: Json): value is string[] {
  return Array.isArray(value) && value.every((item) => isText(item) && item !== UNKNOWN);
}
