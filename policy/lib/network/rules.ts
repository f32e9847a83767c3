import type { Reference, StackGraph } from "../graph";
import { elements, number, read, type Reading, readPath, type StackResource, text } from "../resource";
import { type Cidr, cidr } from "./addresses";
import { GROUP_TYPES, SECURITY_GROUP } from "./groups";

export const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
/** The older resource, for both directions. */
export const CLASSIC_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** One rule of a security group as it is written: of its own, or inline in its group. */
export interface GroupRule {
  /** What it is written in: the rule, or the group. */
  readonly resource: StackResource;
  /** The property of the resource that is wrong when the rule is. */
  readonly property: string;
  readonly direction: Reading;
  /** The group it belongs to; undefined where nothing tells. */
  readonly group: Reference | undefined;
  /** A property of it, by the path the kind of rule has for it. */
  readonly at: (path: string) => Reading;
  readonly protocol: Reading;
  /** Blocks of addresses it names, of either version. */
  readonly blocks: readonly Reading[];
  /** Prefix lists it names. */
  readonly lists: readonly Reading[];
}

/** The rules of all security groups of a stack, whichever of the ways they are written. */
export function groupRulesOf(graph: StackGraph): GroupRule[] {
  return [
    ...graph.ofType(SECURITY_GROUP, DEFAULT_SECURITY_GROUP).flatMap(inlineRules),
    ...graph.ofType(INGRESS_RULE).map((rule) => ownRule(rule, "ingress", graph)),
    ...graph.ofType(EGRESS_RULE).map((rule) => ownRule(rule, "egress", graph)),
    ...graph.ofType(CLASSIC_RULE).map((rule) => classicRule(rule, graph)),
  ];
}

function inlineRules(group: StackResource): GroupRule[] {
  return ["ingress", "egress"].flatMap((direction) =>
    elements(read(group, direction)).map((reading): GroupRule => {
      const at = (path: string): Reading => (reading.state === "known" ? readPath(reading.value, path) : reading);
      return {
        resource: group,
        property: direction,
        direction: { state: "known", value: direction },
        group: { kind: "resource", resource: group },
        at,
        protocol: at("protocol"),
        blocks: ["cidrBlocks", "ipv6CidrBlocks"].flatMap((path) => elements(at(path))),
        lists: elements(at("prefixListIds")),
      };
    }),
  );
}

function ownRule(rule: StackResource, direction: string, graph: StackGraph): GroupRule {
  const at = (path: string): Reading => read(rule, path);
  return {
    resource: rule,
    property: "cidrIpv4",
    direction: { state: "known", value: direction },
    group: graph.reference(rule, "securityGroupId", GROUP_TYPES),
    at,
    protocol: at("ipProtocol"),
    blocks: ["cidrIpv4", "cidrIpv6"].flatMap((path) => elements(at(path))),
    lists: elements(at("prefixListId")),
  };
}

function classicRule(rule: StackResource, graph: StackGraph): GroupRule {
  const at = (path: string): Reading => read(rule, path);
  return {
    resource: rule,
    property: "cidrBlocks",
    direction: at("type"),
    group: graph.reference(rule, "securityGroupId", GROUP_TYPES),
    at,
    protocol: at("protocol"),
    blocks: ["cidrBlocks", "ipv6CidrBlocks"].flatMap((path) => elements(at(path))),
    lists: elements(at("prefixListIds")),
  };
}

/** The ports a rule is about: every one for all protocols, none for one without ports, undefined while that is not known. */
export function portsOf({ protocol, at }: GroupRule): { readonly from: number; readonly to: number } | "none" | undefined {
  if (protocol.state === "unknown") return undefined;
  const name = text(protocol)?.toLowerCase() ?? number(protocol)?.toString() ?? ALL;
  if (name === ALL || name === "all") return { from: 0, to: MAX_PORT };
  if (!WITH_PORTS.has(name)) return "none";
  const [from, to] = [at("fromPort"), at("toPort")];
  if (from.state === "unknown" || to.state === "unknown") return undefined;
  const first = number(from) ?? 0;
  return { from: first, to: number(to) ?? first };
}

const ALL = "-1";
const MAX_PORT = 65_535;
/** Protocols with ports, by name and IANA number. Source: `IpProtocol` of IpPermission, Amazon EC2 API reference (2026-11). */
const WITH_PORTS: ReadonlySet<string> = new Set(["tcp", "6", "udp", "17"]);

/** A block shorter than this holds so much of the internet that it stands for all of it: no network is given more than a /8, or a /16 of IPv6. */
const SHORTEST = { v4: 8, v6: 16 } as const;

/** Whether a block of addresses stands for the whole internet. */
export function isInternet(block: string): boolean {
  const { address }: Cidr = cidr(block);
  if (address === undefined) return false;
  return address.subnetMask < (address.v4 ? SHORTEST.v4 : SHORTEST.v6);
}
