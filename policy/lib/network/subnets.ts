import type { Reference, StackGraph } from "../graph";
import { isObject, read, readAll, readFlag, readPath, some, type Reading, type StackResource, text, type Tri } from "../resource";
import { type Cidr, cidr, isPublic } from "./addresses";

export const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";
const ROUTE = "aws:ec2/route:Route";
const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_ROUTE_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const TRANSIT_ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

/** A subnet with what its routes say. */
export interface Subnet {
  /** URN, or the id of one outside the stack. */
  readonly key: string;
  readonly cidrs: readonly Cidr[];
  /** URN of its VPC, or the id of one outside the stack. */
  readonly vpc: string | undefined;
  /** A route leads to an internet gateway: a host with a public address is reachable and gets out. */
  readonly toInternetGateway: Tri;
  /** A route leads to a NAT or egress-only gateway: any host gets out. */
  readonly toNat: Tri;
  /** Instances get a public address unless they say otherwise. */
  readonly mapsPublicAddress: Tri;
}

/** What a route of a table leads to. */
interface Routes {
  readonly internetGateway: Tri[];
  readonly nat: Tri[];
}

/** The subnets of a stack, their routes, and which VPCs can speak with each other. */
export class Subnets {
  private readonly subnets = new Map<string, Subnet>();
  private readonly tables = new Map<string, Routes>();
  private readonly linked = new Map<string, Set<string>>();

  constructor(private readonly graph: StackGraph) {
    for (const table of graph.ofType(ROUTE_TABLE, DEFAULT_ROUTE_TABLE)) {
      const routes = this.table(table.urn);
      for (const reading of readAll(table, "routes[*]")) {
        if (reading.state === "known" && isObject(reading.value)) {
          const { value } = reading;
          this.route(routes, table, "routes", (path) => readPath(value, path));
        } else this.unknownRoute(routes);
      }
    }
    for (const route of graph.ofType(ROUTE)) {
      for (const key of keysOf(graph.reference(route, "routeTableId", [ROUTE_TABLE, DEFAULT_ROUTE_TABLE]))) {
        this.route(this.table(key), route, undefined, (path) => read(route, path));
      }
    }
    this.linkVpcs();
  }

  get(reference: Reference): readonly Subnet[] {
    if (reference.kind === "external") return [outside(reference.id)];
    const resources = reference.kind === "resource" ? [reference.resource] : reference.candidates;
    return resources.map((resource) => this.subnet(resource));
  }

  /** True when a packet can be routed between the two VPCs: the same, peered, or on a transit gateway; also when one is not known. */
  connected(one: string | undefined, other: string | undefined): boolean {
    if (one === undefined || other === undefined || one === other) return true;
    return this.linked.get(one)?.has(other) ?? false;
  }

  private subnet(resource: StackResource): Subnet {
    const known = this.subnets.get(resource.urn);
    if (known !== undefined) return known;
    const blocks = ["cidrBlock", "ipv6CidrBlock"].flatMap(
      (key) => text(read(resource, key)) ?? text(readPath(resource.outputs ?? {}, key)) ?? [],
    );
    const [vpc] = keysOf(this.graph.reference(resource, "vpcId", [VPC]));
    const routes = this.routesOf(resource, vpc);
    const subnet: Subnet = {
      key: resource.urn,
      cidrs: blocks.map(cidr),
      vpc,
      toInternetGateway: routes === undefined ? undefined : some(routes.internetGateway),
      toNat: routes === undefined ? undefined : some(routes.nat),
      mapsPublicAddress: readFlag(resource, "mapPublicIpOnLaunch", false),
    };
    this.subnets.set(resource.urn, subnet);
    return subnet;
  }

  /** The routes of the table a subnet is associated with, else of the main table of its VPC; undefined when neither is in the stack. */
  private routesOf(subnet: StackResource, vpc: string | undefined): Routes | undefined {
    const associations = this.graph.referring(subnet, "subnetId", [ASSOCIATION]);
    if (associations.length > 0) return this.merged(associations);
    const network = vpc === undefined ? undefined : this.graph.get(vpc);
    // A VPC outside the stack has a main table that nobody here knows.
    if (network === undefined) return undefined;
    const main = this.graph.referring(network, "vpcId", [MAIN_ASSOCIATION]);
    if (main.length > 0) return this.merged(main);
    const byDefault = this.graph.ofType(DEFAULT_ROUTE_TABLE).find((table) => this.isDefaultTableOf(table, network));
    // The main table AWS makes holds only the local route.
    return byDefault === undefined ? { internetGateway: [], nat: [] } : this.table(byDefault.urn);
  }

  private merged(associations: readonly StackResource[]): Routes | undefined {
    const tables = associations.flatMap((association) =>
      keysOf(this.graph.reference(association, "routeTableId", [ROUTE_TABLE, DEFAULT_ROUTE_TABLE])),
    );
    if (tables.length === 0) return undefined;
    const routes = tables.map((key) => this.table(key));
    return { internetGateway: routes.flatMap((found) => found.internetGateway), nat: routes.flatMap((found) => found.nat) };
  }

  private isDefaultTableOf(table: StackResource, vpc: StackResource): boolean {
    const id = text(read(table, "defaultRouteTableId"));
    if (id !== undefined && id === text(readPath(vpc.outputs ?? {}, "defaultRouteTableId"))) return true;
    return table.propertyDependencies["defaultRouteTableId"]?.includes(vpc.urn) ?? false;
  }

  private table(key: string): Routes {
    let routes = this.tables.get(key);
    if (routes === undefined) {
      routes = { internetGateway: [], nat: [] };
      // A table outside the stack may have routes that nobody here knows.
      if (this.graph.get(key) === undefined) this.unknownRoute(routes);
      this.tables.set(key, routes);
    }
    return routes;
  }

  /** Adds what one route leads to. `root` is the property of the owner it is written in; undefined when it is a resource of its own. */
  private route(routes: Routes, owner: StackResource, root: string | undefined, at: (path: string) => Reading): void {
    const nat = [at("natGatewayId"), at("egressOnlyGatewayId")].filter(({ state }) => state !== "absent");
    if (nat.length > 0) routes.nat.push(true);
    const destination = ["destinationCidrBlock", "destinationIpv6CidrBlock", "cidrBlock", "ipv6CidrBlock"]
      .map((key) => text(at(key)))
      .find((block) => block !== undefined);
    const inwardOnly = destination !== undefined && !isPublic(cidr(destination));
    const gateway = at("gatewayId");
    if (gateway.state === "absent" || inwardOnly) return;
    const references = this.graph.resolve(owner, root ?? "gatewayId", [gateway], [INTERNET_GATEWAY]);
    for (const reference of references) {
      if (reference.kind === "resource") routes.internetGateway.push(true);
      else if (reference.kind === "external") routes.internetGateway.push(reference.id.startsWith("igw-"));
      else this.unknownRoute(routes);
    }
  }

  private unknownRoute(routes: Routes): void {
    routes.internetGateway.push(undefined);
    routes.nat.push(undefined);
  }

  private linkVpcs(): void {
    for (const peering of this.graph.ofType(PEERING)) {
      this.link([...keysOf(this.graph.reference(peering, "vpcId", [VPC])), ...keysOf(this.graph.reference(peering, "peerVpcId", [VPC]))]);
    }
    const attached = this.graph
      .ofType(TRANSIT_ATTACHMENT)
      .flatMap((attachment) => keysOf(this.graph.reference(attachment, "vpcId", [VPC])));
    // Whether two attachments are on one gateway and may route to each other is left open, so they count as connected.
    this.link(attached);
  }

  private link(vpcs: readonly string[]): void {
    for (const vpc of vpcs) {
      const others = this.linked.get(vpc) ?? new Set<string>();
      for (const other of vpcs) others.add(other);
      this.linked.set(vpc, others);
    }
  }
}

/** A subnet of which only the id is known. */
function outside(id: string): Subnet {
  return { key: id, cidrs: [], vpc: undefined, toInternetGateway: undefined, toNat: undefined, mapsPublicAddress: undefined };
}

function keysOf(reference: Reference | undefined): string[] {
  if (reference === undefined) return [];
  if (reference.kind === "external") return [reference.id];
  return (reference.kind === "resource" ? [reference.resource] : reference.candidates).map(({ urn }) => urn);
}
