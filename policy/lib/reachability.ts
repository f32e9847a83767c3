import { StackGraph } from "./graph";
import { append } from "./multimap";
import { every, some, type StackResource } from "./resource";
import { type Cidr, isPublic, overlap } from "./network/addresses";
import { type Endpoint, endpointsOf } from "./network/endpoints";
import { type Doubt, Groups, type Permit, permits } from "./network/groups";
import { HTTPS_PORT } from "./network/ports";
import { type Subnet, Subnets } from "./network/subnets";

/** The name of everything outside. */
export const INTERNET = "internet";

/** Who can open a connection to whom, by name. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  /** The port; the first one where a rule opens several to something that does not say what it listens on. */
  readonly port: number;
}

/** A pair with the resources it is between, and the rules that make it possible. */
export interface Reach extends Pair {
  readonly toPort: number;
  /** `tcp`, `udp`, or `-1` for all. */
  readonly protocol: string;
  /** URN of the resource that opens the connection; absent for the internet. */
  readonly fromUrn?: string;
  /** URN of the resource that takes it; absent for the internet. */
  readonly toUrn?: string;
  /** The rule, or the group, that lets it out and in; absent on the side of the internet. */
  readonly egress?: string;
  readonly ingress?: string;
}

/** Who reaches whom in a stack, and what could not be told. */
export interface Reachability {
  readonly reaches: readonly Reach[];
  readonly endpoints: readonly Endpoint[];
  /** By URN: why more may reach an endpoint from inside than `reaches` says. */
  readonly inward: ReadonlyMap<string, readonly Doubt[]>;
  /** By URN: why an endpoint may reach more than `reaches` says. */
  readonly outward: ReadonlyMap<string, readonly Doubt[]>;
  /** By URN: why it can't be told whether the internet reaches an endpoint. */
  readonly fromInternet: ReadonlyMap<string, readonly Doubt[]>;
}

/**
 * Who can open a connection to whom, from the security groups, subnets and routes of the resources alone; sorted, each pair once.
 * Network ACLs are not read: they can only take away. A CIDR rule counts as soon as it shares an address with a subnet of the other side.
 */
export function reachability(resources: readonly StackResource[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { from, to, port } of analyse(new StackGraph(resources)).reaches) pairs.set(`${from} ${to} ${port}`, { from, to, port });
  return [...pairs.values()].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to) || a.port - b.port);
}

/** As `reachability`, with the resources, the rules and the doubts. Computed once a graph. */
export function analyse(graph: StackGraph): Reachability {
  return graph.once(compute);
}

function compute(graph: StackGraph): Reachability {
  const groups = new Groups(graph);
  const subnets = new Subnets(graph);
  return new Search(endpointsOf(graph, groups, subnets), subnets);
}

/** A port range of one protocol. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
}

class Search implements Reachability {
  readonly reaches: Reach[] = [];
  readonly inward = new Map<string, Doubt[]>();
  readonly outward = new Map<string, Doubt[]>();
  readonly fromInternet = new Map<string, Doubt[]>();
  private readonly seen = new Set<string>();
  private readonly byGroup = new Map<string, Endpoint[]>();
  private readonly byCidr = new Map<string, { clients: readonly Endpoint[]; doubtful: readonly Endpoint[] }>();
  private readonly clients: readonly Endpoint[];

  constructor(
    readonly endpoints: readonly Endpoint[],
    private readonly subnets: Subnets,
  ) {
    this.clients = endpoints.filter(({ initiates }) => initiates);
    for (const client of this.clients) for (const key of client.groupKeys) append(this.byGroup, key, client);
    for (const target of endpoints) {
      this.internal(target);
      this.fromOutside(target);
    }
    for (const client of this.clients) this.toOutside(client);
  }

  private internal(target: Endpoint): void {
    const { urn } = target.resource;
    for (const doubt of target.doubts) append(this.inward, urn, doubt);
    if (target.subnets.length === 0 || target.subnets.some(unplaced)) {
      append(this.inward, urn, { urn, property: "subnets", why: "its addresses are not known, so a rule for a CIDR block may mean it" });
    }
    for (const group of target.groups) {
      for (const doubt of group.ingressDoubts) append(this.inward, urn, doubt);
      for (const permit of group.ingress) {
        const open = opened(target, permit);
        if (open.length === 0) continue;
        for (const client of this.sources(permit, target)) this.connect(client, target, permit, open);
      }
    }
    const { unknown } = target.listens;
    if (unknown !== undefined) append(this.inward, urn, { urn, property: unknown, why: "the ports it listens on are not known yet" });
  }

  /** The endpoints a permit may let in. */
  private sources(permit: Permit, target: Endpoint): readonly Endpoint[] {
    const { peer } = permit;
    if (peer.kind === "group") return this.byGroup.get(peer.key) ?? [];
    const { clients, doubtful } = this.within(peer.cidr);
    const [first] = doubtful;
    if (first !== undefined) {
      const who = doubtful.length === 1 ? first.name : `${first.name} and ${doubtful.length - 1} more`;
      const why = `the addresses of ${who} are not known, so a rule for ${peer.cidr.text} may mean them`;
      append(this.inward, target.resource.urn, { urn: first.resource.urn, property: "subnets", why });
    }
    return clients;
  }

  private within(block: Cidr): { clients: readonly Endpoint[]; doubtful: readonly Endpoint[] } {
    let found = this.byCidr.get(block.text);
    if (found === undefined) {
      const clients: Endpoint[] = [];
      const doubtful: Endpoint[] = [];
      for (const client of this.clients) {
        if (holds(block, client)) clients.push(client);
        else if (client.subnets.some(unplaced)) doubtful.push(client);
      }
      found = { clients, doubtful };
      this.byCidr.set(block.text, found);
    }
    return found;
  }

  private connect(client: Endpoint, target: Endpoint, permit: Permit, open: readonly Range[]): void {
    if (client === target || !this.subnets.connected(client.subnets[0]?.vpc, target.subnets[0]?.vpc)) return;
    for (const range of open) {
      for (const group of client.groups) {
        const out = group.egress.find((egress) => meets(egress, range) && leadsTo(egress, target));
        if (out === undefined) continue;
        const common = { from: Math.max(range.from, out.from), to: Math.min(range.to, out.to) };
        this.add({
          from: client.name,
          to: target.name,
          port: common.from,
          toPort: common.to,
          protocol: range.protocol,
          fromUrn: client.resource.urn,
          toUrn: target.resource.urn,
          egress: out.rule,
          ingress: permit.rule,
        });
      }
    }
  }

  /** The internet reaches what has a public address, stands in a subnet routed to an internet gateway, and lets a public block in. */
  private fromOutside(target: Endpoint): void {
    const { resource, name, publicService, publicAddress, listens } = target;
    const { urn } = resource;
    const add = (range: Range, ingress: string): void =>
      this.add({ from: INTERNET, to: name, port: range.from, toPort: range.to, protocol: range.protocol, toUrn: urn, ingress });
    if (publicService === true) for (const { port, protocol } of listens.ports) add({ from: port, to: port, protocol }, urn);
    const routed = target.subnets.length === 0 ? undefined : some(target.subnets.map(({ toInternetGateway }) => toInternetGateway));
    const entries = target.groups.flatMap(({ ingress }) =>
      ingress.filter(fromPublic).map((permit) => ({ permit, open: opened(target, permit) })),
    );
    const doubts = this.entryDoubts(target);
    const lets = entries.some(({ open }) => open.length > 0) ? true : doubts.length > 0 ? undefined : false;
    const reached = every([publicAddress, routed, lets]);
    if (reached === true) for (const { permit, open } of entries) for (const range of open) add(range, permit.rule);
    // What is reached on one port may, with an open rule, be reached on another; what is not reached at all can't be.
    if (publicService === undefined)
      append(this.fromInternet, urn, { urn, property: "public access", why: "whether it is public is not known yet" });
    if (reached !== undefined) return;
    if (publicAddress === undefined)
      append(this.fromInternet, urn, { urn, property: "publiclyAccessible", why: "whether it has a public address is not known yet" });
    if (routed === undefined)
      append(this.fromInternet, urn, { urn, property: "subnets", why: "whether its subnets lead to an internet gateway is not known" });
    if (lets === undefined) for (const doubt of doubts) append(this.fromInternet, urn, doubt);
  }

  private entryDoubts({ doubts, groups, listens, resource: { urn } }: Endpoint): Doubt[] {
    const ports =
      listens.unknown === undefined ? [] : [{ urn, property: listens.unknown, why: "the ports it listens on are not known yet" }];
    const open = groups.some(({ ingress }) => ingress.some(fromPublic));
    return [...doubts, ...groups.flatMap(({ ingressDoubts }) => ingressDoubts), ...(open ? ports : [])];
  }

  /** A client gets out where a rule lets it and its subnet has a NAT, or an internet gateway and the client a public address. */
  private toOutside(client: Endpoint): void {
    const { resource, name, groups, subnets, publicAddress } = client;
    const { urn } = resource;
    for (const doubt of [...client.doubts, ...groups.flatMap(({ egressDoubts }) => egressDoubts)]) append(this.outward, urn, doubt);
    const routed = some(subnets.map(({ toNat, toInternetGateway }) => some([toNat, every([toInternetGateway, publicAddress])])));
    const out = groups.flatMap(({ egress }) => egress.filter(fromPublic));
    if (routed === undefined && out.length > 0)
      append(this.outward, urn, { urn, property: "subnets", why: "whether its subnets lead out is not known" });
    if (routed !== true) return;
    for (const { protocol, from, to, rule } of out) {
      const https = permits({ protocol, from, to }, "tcp", HTTPS_PORT);
      const range = https ? { port: HTTPS_PORT, toPort: HTTPS_PORT, protocol: "tcp" } : { port: from, toPort: to, protocol };
      this.add({ from: name, to: INTERNET, ...range, fromUrn: urn, egress: rule });
    }
  }

  /** Adds a reach once: a pair of resources may have several rules that say the same. */
  private add(reach: Reach): void {
    const key = `${reach.fromUrn ?? ""} ${reach.toUrn ?? ""} ${reach.protocol} ${reach.port} ${reach.toPort}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.reaches.push(reach);
  }
}

/** The ports of an endpoint that a permit opens. */
function opened({ listens }: Endpoint, permit: Permit): Range[] {
  if (listens.any === true) return [{ from: permit.from, to: permit.to, protocol: permit.protocol }];
  return listens.ports
    .filter(({ port, protocol }) => permits(permit, protocol, port))
    .map(({ port, protocol }) => ({ from: port, to: port, protocol }));
}

/** True when a permit lets through some of a range. */
function meets(permit: Permit, range: Range): boolean {
  const same = permit.protocol === "-1" || range.protocol === "-1" || permit.protocol === range.protocol;
  return same && permit.from <= range.to && range.from <= permit.to;
}

function leadsTo({ peer }: Permit, target: Endpoint): boolean {
  return peer.kind === "group" ? target.groupKeys.has(peer.key) : holds(peer.cidr, target);
}

/** True when an address of the endpoint may be in the block; an unplaced one may be anywhere, so only in the block of everything for sure. */
function holds(block: Cidr, { subnets }: Endpoint): boolean {
  if (block.address?.subnetMask === 0 && subnets.some(unplaced)) return true;
  return subnets.some(({ cidrs }) => cidrs.some((other) => overlap(block, other)));
}

/** True for a subnet of which no address is known. */
function unplaced({ cidrs }: Subnet): boolean {
  return cidrs.length === 0;
}

function fromPublic({ peer }: Permit): boolean {
  return peer.kind === "cidr" && isPublic(peer.cidr);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
