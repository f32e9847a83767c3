import * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

/** What leads from the private tier to the internet. */
export interface WayOut {
  readonly gateways: readonly aws.ec2.NatGateway[];
  /** Whoever starts in the private tier and calls the internet waits for these. */
  readonly routes: readonly aws.ec2.Route[];
}

/**
 * A NAT gateway for some zones, and a route to one from the private subnet of every zone.
 *
 * awsx can make them too. But a component of another process answers only once all that is in it is there, and everything in a VPC would wait
 * two minutes for gateways that few of it need. What awsx made before is taken over under its old URN: an update keeps addresses and gateways.
 * @param zones how many zones the VPC has.
 * @param count how many of them, from the first on, have a gateway; the others go through the first one.
 */
export function createWayOut(name: string, vpc: awsx.ec2.Vpc, zones: number, count: number, parent: pulumi.Resource): WayOut {
  const gateways = Array.from({ length: count }, (_, index) => createGateway(`${name}-${index + 1}`, vpc, index, parent));
  const [first] = gateways;
  if (!first) return { gateways: [], routes: [] };
  const routes = Array.from({ length: zones }, (_, index) => {
    const routeName = `${name}-private-${index + 1}`;
    return new aws.ec2.Route(
      routeName,
      { routeTableId: privateRouteTable(vpc, index), natGatewayId: (gateways[index] ?? first).id, destinationCidrBlock: "0.0.0.0/0" },
      { parent, aliases: [{ parent: formerParent(vpc, "aws:ec2/subnet:Subnet$aws:ec2/routeTable:RouteTable", routeName) }] },
    );
  });
  return { gateways, routes };
}

function createGateway(name: string, vpc: awsx.ec2.Vpc, zone: number, parent: pulumi.Resource): aws.ec2.NatGateway {
  const tags = { Name: name };
  const options = { parent, aliases: [{ parent: formerParent(vpc, "aws:ec2/subnet:Subnet", name) }] };
  const address = new aws.ec2.Eip(name, { tags }, options);
  const subnetId = vpc.publicSubnetIds.apply((ids) => requireOne(name, ids[zone]));
  return new aws.ec2.NatGateway(name, { subnetId, allocationId: address.id, tags }, options);
}

/** The table of a zone's private subnet, found by what awsx says of its associations. */
function privateRouteTable(vpc: awsx.ec2.Vpc, zone: number): pulumi.Output<string> {
  const pairs = vpc.routeTableAssociations.apply((all) =>
    pulumi.all(all.map(({ subnetId, routeTableId }) => ({ subnetId, routeTableId }))),
  );
  return pulumi.all([vpc.privateSubnetIds, pairs]).apply(([ids, all]) => {
    const subnet = ids[zone];
    return requireOne("private route table", all.find(({ subnetId }) => subnetId === subnet)?.routeTableId);
  });
}

/** Of a parent's URN only its types count in that of a child. */
function formerParent(vpc: awsx.ec2.Vpc, types: string, name: string): pulumi.Output<string> {
  return vpc.urn.apply((urn) => {
    const [scheme = "", project = "", chain = ""] = urn.split("::");
    return [scheme, project, `${chain}$aws:ec2/vpc:Vpc$${types}`, name].join("::");
  });
}

function requireOne(name: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`${name}: the VPC has fewer subnets than were asked for`);
  return id;
}
