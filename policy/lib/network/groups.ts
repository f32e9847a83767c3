import { type Reference, type StackGraph } from "../graph";
import { number, type Reading, readAll, readPath, type StackResource, text } from "../resource";
import { type Cidr, cidr } from "./addresses";
import { EKS_CLUSTER } from "./eks";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";

/** What may stand where a security group is named: AWS makes one with each EKS cluster, known only as an output of the cluster. */
export const GROUP_TYPES = [SECURITY_GROUP, DEFAULT_SECURITY_GROUP, EKS_CLUSTER] as const;

/** Who is on the other side of a rule. */
export type Peer = { readonly kind: "group"; readonly key: string } | { readonly kind: "cidr"; readonly cidr: Cidr };

/** One thing a security group lets through, in one direction. */
export interface Permit {
  /** `tcp`, `udp`, an IANA name or number, or `-1` for all. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly peer: Peer;
  /** The rule that says so, or the group when it says it itself. */
  readonly rule: string;
}

/** Something that could not be told, and where. */
export interface Doubt {
  readonly urn: string;
  readonly property: string;
  readonly why: string;
}

/** What a security group lets in and out. */
export interface Group {
  /** URN of a group of the stack, else its id. */
  readonly key: string;
  readonly ingress: Permit[];
  readonly egress: Permit[];
  /** Rules that may let in, or out, more than `ingress` and `egress` say. */
  readonly ingressDoubts: Doubt[];
  readonly egressDoubts: Doubt[];
}

type Direction = "ingress" | "egress";

/** The security groups of a stack with all that permits something through them, whichever of the four ways it is written. */
export class Groups {
  private readonly groups = new Map<string, Group>();
  /** Rules of which the group can't be told: any group may have them. */
  readonly strayDoubts: Doubt[] = [];

  constructor(private readonly graph: StackGraph) {
    for (const group of graph.ofType(SECURITY_GROUP, DEFAULT_SECURITY_GROUP)) this.readInline(group);
    for (const rule of graph.ofType(INGRESS_RULE)) this.readRule(rule, "ingress");
    for (const rule of graph.ofType(EGRESS_RULE)) this.readRule(rule, "egress");
    for (const rule of graph.ofType(RULE)) this.readClassicRule(rule);
  }

  /** The group a key stands for; one that nothing in the stack speaks of lets nothing through that is known. */
  get(key: string): Group {
    let group = this.groups.get(key);
    if (group === undefined) {
      group = { key, ingress: [], egress: [], ingressDoubts: [], egressDoubts: [] };
      this.groups.set(key, group);
    }
    return group;
  }

  /** The group of a VPC for what names none: what AWS puts in it, everything from itself and everything out, unless the stack manages it. */
  defaultOf(vpc: string): Group {
    const resource = this.graph.get(vpc);
    const managed = resource && this.graph.referring(resource, "vpcId", [DEFAULT_SECURITY_GROUP])[0];
    if (managed !== undefined) return this.get(managed.urn);
    const key = `${vpc}#default`;
    return this.groups.get(key) ?? this.opened(key, vpc);
  }

  /** The group AWS makes with an EKS cluster: everything from itself and everything out. */
  ofCluster(urn: string): Group {
    const key = groupKey(urn);
    const group = this.get(key);
    if (!group.egress.some(({ rule }) => rule === urn)) this.opened(key, urn);
    return group;
  }

  private opened(key: string, rule: string): Group {
    const group = this.get(key);
    const all = { protocol: ALL, from: 0, to: MAX_PORT, rule };
    group.ingress.push({ ...all, peer: { kind: "group", key } });
    for (const block of ["0.0.0.0/0", "::/0"]) group.egress.push({ ...all, peer: { kind: "cidr", cidr: cidr(block) } });
    return group;
  }

  private readInline(group: StackResource): void {
    for (const direction of ["ingress", "egress"] as const) {
      for (const reading of readAll(group, `${direction}[*]`)) {
        if (reading.state === "unknown")
          this.doubt(group.urn, direction, { urn: group.urn, property: direction, why: "its rules are not known yet" });
        if (reading.state !== "known") continue;
        const { value } = reading;
        const at = (path: string): Reading => readPath(value, path);
        const peers = this.peers(group, direction, {
          direction,
          cidrs: [at("cidrBlocks"), at("ipv6CidrBlocks")],
          lists: [at("prefixListIds")],
          listPath: direction,
          groups: [at("securityGroups")],
          self: at("self"),
          owner: group.urn,
        });
        this.permit(group.urn, direction, group, direction, { protocol: at("protocol"), from: at("fromPort"), to: at("toPort") }, peers);
      }
    }
  }

  private readRule(rule: StackResource, direction: Direction): void {
    const at = (path: string): Reading => readPath(rule.inputs, path);
    const ports = { protocol: at("ipProtocol"), from: at("fromPort"), to: at("toPort") };
    for (const owner of this.owners(rule)) {
      const peers = this.peers(rule, "referencedSecurityGroupId", {
        direction,
        cidrs: [at("cidrIpv4"), at("cidrIpv6")],
        lists: [at("prefixListId")],
        listPath: "prefixListId",
        groups: [at("referencedSecurityGroupId")],
        self: { state: "absent" },
        owner,
      });
      this.permit(owner, direction, rule, "ipProtocol", ports, peers);
    }
  }

  private readClassicRule(rule: StackResource): void {
    const at = (path: string): Reading => readPath(rule.inputs, path);
    const direction = text(at("type"));
    if (direction !== "ingress" && direction !== "egress") return;
    const ports = { protocol: at("protocol"), from: at("fromPort"), to: at("toPort") };
    for (const owner of this.owners(rule)) {
      const peers = this.peers(rule, "sourceSecurityGroupId", {
        direction,
        cidrs: [at("cidrBlocks"), at("ipv6CidrBlocks")],
        lists: [at("prefixListIds")],
        listPath: "prefixListIds",
        groups: [at("sourceSecurityGroupId")],
        self: at("self"),
        owner,
      });
      this.permit(owner, direction, rule, "protocol", ports, peers);
    }
  }

  /** The groups a rule belongs to: one, or, when it can't be told, none and a doubt. */
  private owners(rule: StackResource): string[] {
    const reference = this.graph.reference(rule, "securityGroupId", GROUP_TYPES);
    const key = reference === undefined ? undefined : keyOf(reference);
    if (key !== undefined) return [key];
    const doubt = { urn: rule.urn, property: "securityGroupId", why: "the group it belongs to is not known yet" };
    if (reference?.kind !== "unknown" || reference.candidates.length === 0) this.strayDoubts.push(doubt);
    else for (const { urn } of reference.candidates) for (const way of ["ingress", "egress"] as const) this.doubt(urn, way, doubt);
    return [];
  }

  private peers(
    resource: StackResource,
    groupPath: string,
    parts: { direction: Direction; cidrs: Reading[]; lists: Reading[]; listPath: string; groups: Reading[]; self: Reading; owner: string },
  ): (Peer | Doubt)[] {
    const peers: (Peer | Doubt)[] = [];
    const unknown = (why: string): Doubt => ({ urn: resource.urn, property: groupPath, why });
    for (const reading of parts.cidrs.flatMap(each)) {
      const block = text(reading);
      if (block !== undefined) peers.push({ kind: "cidr", cidr: cidr(block) });
      else if (reading.state === "unknown") peers.push(unknown("the CIDR block it names is not known yet"));
    }
    // A peered account's group is written "account/sg-id".
    const groups = parts.groups.flatMap(each).map((reading) => mapText(reading, (id) => id.slice(id.indexOf("/") + 1)));
    for (const reference of this.graph.resolve(resource, groupPath, groups, GROUP_TYPES)) {
      const key = keyOf(reference);
      if (key !== undefined) peers.push({ kind: "group", key });
      else peers.push(unknown("the security group it names is not known yet"));
    }
    if (parts.self.state === "known" && parts.self.value === true) peers.push({ kind: "group", key: parts.owner });
    if (parts.self.state === "unknown") peers.push(unknown("whether it names its own group is not known yet"));
    for (const reading of parts.lists.flatMap(each)) peers.push(...this.entries(resource, parts.listPath, reading, parts.direction));
    return peers;
  }

  /**
   * The blocks of a prefix list of the stack. A list from outside is nearly always one of AWS (S3, DynamoDB, CloudFront):
   * what goes out to it reaches no endpoint of the stack, what comes in through it can't be told.
   */
  private entries(resource: StackResource, path: string, reading: Reading, direction: Direction): (Peer | Doubt)[] {
    return this.graph.resolve(resource, path, [reading], [PREFIX_LIST]).flatMap((reference): (Peer | Doubt)[] => {
      if (reference.kind === "resource") {
        return readAll(reference.resource, "entries[*].cidr").flatMap((entry): (Peer | Doubt)[] => {
          const block = text(entry);
          if (block !== undefined) return [{ kind: "cidr", cidr: cidr(block) }];
          return [{ urn: reference.resource.urn, property: "entries", why: "the entries of the prefix list are not known yet" }];
        });
      }
      return direction === "egress" ? [] : [{ urn: resource.urn, property: path, why: "what the prefix list holds is not in the stack" }];
    });
  }

  private permit(
    owner: string,
    direction: Direction,
    rule: StackResource,
    property: string,
    ports: { protocol: Reading; from: Reading; to: Reading },
    peers: readonly (Peer | Doubt)[],
  ): void {
    if ([ports.protocol, ports.from, ports.to].some(({ state }) => state === "unknown")) {
      this.doubt(owner, direction, { urn: rule.urn, property, why: "its protocol or ports are not known yet" });
      return;
    }
    const protocol = protocolName(ports.protocol);
    const all = protocol === ALL;
    const from = all ? 0 : (number(ports.from) ?? 0);
    const to = all ? MAX_PORT : (number(ports.to) ?? from);
    const group = this.get(owner);
    for (const peer of peers) {
      if ("why" in peer) this.doubt(owner, direction, peer);
      else group[direction].push({ protocol, from, to, peer, rule: rule.urn });
    }
  }

  private doubt(owner: string, direction: Direction, doubt: Doubt): void {
    const group = this.get(owner);
    (direction === "ingress" ? group.ingressDoubts : group.egressDoubts).push(doubt);
  }
}

/** The key of a group that a property points at; undefined when it can't be told. */
export function keyOf(reference: Reference): string | undefined {
  if (reference.kind === "external") return reference.id;
  if (reference.kind === "unknown") return undefined;
  const { type, urn } = reference.resource;
  return type === EKS_CLUSTER ? groupKey(urn) : urn;
}

/** True when the permit lets this protocol through on this port. */
export function permits(permit: Pick<Permit, "protocol" | "from" | "to">, protocol: string, port: number): boolean {
  return (permit.protocol === ALL || permit.protocol === protocol) && permit.from <= port && port <= permit.to;
}

function groupKey(cluster: string): string {
  return `${cluster}#clusterSecurityGroup`;
}

const ALL = "-1";
const MAX_PORT = 65_535;

/** IANA numbers that may stand for the names. Source: `IpProtocol` of IpPermission, Amazon EC2 API reference (2026-11). */
const PROTOCOLS: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", all: ALL };

function protocolName(reading: Reading): string {
  const name = (text(reading) ?? number(reading)?.toString() ?? ALL).toLowerCase();
  return PROTOCOLS[name] ?? name;
}

function each(reading: Reading): Reading[] {
  if (reading.state !== "known" || !Array.isArray(reading.value)) return reading.state === "absent" ? [] : [reading];
  return reading.value.map((_, index) => readPath(reading.value, `[${index}]`));
}

function mapText(reading: Reading, change: (value: string) => string): Reading {
  const value = text(reading);
  return value === undefined ? reading : { state: "known", value: change(value) };
}
