import { checkVpcArguments, type NatStrategy, natGatewaysOf, privateDnsDefaults, zonesOf } from "./awsx-vpc-arguments";
import { ipv6Block, type MadeSubnet, planSubnets, subnetLayout, unknownIfAbsent } from "./awsx-vpc-subnets";
import type { Expand, RegisteredChild } from "./expansion";
import { Construction, expanded, idOf, type Input, outputOf, overlay, referenceTo, resolve, Sourced } from "./sourced";
import { checkEndpoints, registerEndpoints } from "./vpc-endpoints";
import type { SubnetType } from "./vpc-layout";

/** The range of a VPC that names none. Source: awsx/ec2/vpc.ts of pulumi-awsx 3.9. */
const DEFAULT_CIDR_BLOCK = "10.0.0.0/16";

const EVERYWHERE = "0.0.0.0/0";

/** Arguments that go to the VPC itself as they are. */
const VPC_ARGUMENTS = [
  "assignGeneratedIpv6CidrBlock",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  "ipv6CidrBlock",
  "ipv6CidrBlockNetworkBorderGroup",
  "ipv6IpamPoolId",
  "ipv6NetmaskLength",
];

/** The order in which awsx makes the subnets of a zone: a NAT gateway must stand before the private route that leads to it. */
const CREATION_ORDER: readonly SubnetType[] = ["Public", "Private", "Isolated"];

/**
 * The children of `awsx.ec2.Vpc`, strategy `Auto`: the VPC, its internet gateway, and in each Availability Zone the subnets with their route tables,
 * associations and routes, NAT gateways with their Elastic IPs, then the VPC endpoints.
 * Zones that are only counted (`numberOfAvailabilityZones`) stay unknown: which zones an account has is asked at `up`.
 * Throws RefusedByComponent for what awsx or AWS refuses, NotModelled for the other strategies.
 * Source: test/recorded, and awsx/ec2/vpc.ts of pulumi-awsx 3.9.
 */
export const expandVpc: Expand = (component, register) => {
  const construction = new Construction(component, register);
  const zones = zonesOf(construction);
  const nat = natGatewaysOf(construction, zones.length);
  const region = construction.argument("region");
  const tags = overlay({ Name: component.name }, construction.argument("tags"));
  checkVpcArguments(construction);
  checkEndpoints(construction);
  const dns = privateDnsDefaults(construction);

  // A range that is known is checked before anything is registered; one from an IPAM pool is known only once the VPC is.
  const cidrBlock = construction.text("cidrBlock") ?? (construction.has("ipv4IpamPoolId") ? undefined : DEFAULT_CIDR_BLOCK);
  const early = cidrBlock === undefined ? undefined : planSubnets(construction, new Sourced(cidrBlock, []), zones, nat.strategy);
  const vpc = registerVpc(construction, { ...dns, region, cidrBlock, tags });
  const subnets = early ?? planSubnets(construction, unknownIfAbsent(outputOf(vpc, "cidrBlock")), zones, nat.strategy);

  const internetGateway = construction.child("aws:ec2/internetGateway:InternetGateway", component.name, vpc, {
    region,
    vpcId: idOf(vpc),
    tags,
  });
  const made: MadeSubnet[] = [];
  const associations: RegisteredChild[] = [];
  const routes: RegisteredChild[] = [];
  const natGateways: RegisteredChild[] = [];
  const eips: RegisteredChild[] = [];
  zones.forEach((zone, index) => {
    const inZone = subnets
      .filter((subnet) => subnet.zone === index)
      .sort((a, b) => CREATION_ORDER.indexOf(a.type) - CREATION_ORDER.indexOf(b.type));
    for (const [position, planned] of inZone.entries()) {
      const ipv6CidrBlock = ipv6Block(construction, vpc, planned.assignIpv6, index + position * zones.length);
      const subnet = construction.child("aws:ec2/subnet:Subnet", planned.name, vpc, {
        region,
        vpcId: idOf(vpc),
        availabilityZone: zone,
        mapPublicIpOnLaunch: planned.type === "Public",
        cidrBlock: planned.cidrBlock,
        assignIpv6AddressOnCreation: planned.assignIpv6,
        ipv6CidrBlock,
        tags: overlay(tags, planned.tags, { Name: planned.nameTag, SubnetType: planned.type }),
      });
      const routeTable = construction.child(
        "aws:ec2/routeTable:RouteTable",
        planned.name,
        subnet,
        { region, vpcId: idOf(vpc), tags: overlay(tags, { Name: planned.nameTag, SubnetType: planned.type }) },
        { dependsOn: [subnet.urn] },
      );
      associations.push(
        construction.child("aws:ec2/routeTableAssociation:RouteTableAssociation", planned.name, routeTable, {
          region,
          routeTableId: idOf(routeTable),
          subnetId: idOf(subnet),
        }),
      );
      made.push({ type: planned.type, zone: index, subnet, routeTable });

      if (planned.type === "Public" && wantsGateway(nat.strategy, natGateways.length, index)) {
        const name = `${component.name}-${index + 1}`;
        const named = overlay(construction.argument("tags"), { Name: name });
        const given = nat.allocationIds[index];
        const eip =
          given === undefined
            ? construction.child("aws:ec2/eip:Eip", name, subnet, { region, tags: named }, { dependsOn: [subnet.urn] })
            : undefined;
        if (eip) eips.push(eip);
        natGateways.push(
          construction.child("aws:ec2/natGateway:NatGateway", name, subnet, {
            region,
            subnetId: idOf(subnet),
            allocationId: eip ? outputOf(eip, "allocationId") : given,
            tags: named,
          }),
        );
      }

      const gateway = gatewayOf(planned.type, internetGateway, nat.strategy === "Single" ? natGateways[0] : natGateways[index]);
      if (gateway) {
        const route = { region, routeTableId: idOf(routeTable), ...gateway, destinationCidrBlock: EVERYWHERE };
        routes.push(construction.child("aws:ec2/route:Route", planned.name, routeTable, route));
      }
    }
  });
  const vpcEndpoints = registerEndpoints(construction, vpc, made, zones.length, tags);

  const ofType = (type: SubnetType): RegisteredChild[] => made.filter((each) => each.type === type).map((each) => each.subnet);
  const ids = (children: readonly RegisteredChild[]): Sourced[] => children.map(idOf);
  const references = (children: readonly RegisteredChild[]): Sourced[] => children.map(referenceTo);
  const outputs: Readonly<Record<string, Input>> = {
    vpc: referenceTo(vpc),
    vpcId: idOf(vpc),
    internetGateway: referenceTo(internetGateway),
    subnets: references(made.map((each) => each.subnet)),
    publicSubnets: references(ofType("Public")),
    privateSubnets: references(ofType("Private")),
    isolatedSubnets: references(ofType("Isolated")),
    publicSubnetIds: ids(ofType("Public")),
    privateSubnetIds: ids(ofType("Private")),
    isolatedSubnetIds: ids(ofType("Isolated")),
    routeTables: references(made.map((each) => each.routeTable)),
    routeTableAssociations: references(associations),
    routes: references(routes),
    natGateways: references(natGateways),
    eips: references(eips),
    vpcEndpoints: references(vpcEndpoints),
    subnetLayout: subnetLayout(construction, cidrBlock ?? outputOf(vpc, "cidrBlock").value, zones.length),
  };
  return expanded(waitingForSubnets(outputs, [vpc, ...made.map(({ subnet }) => subnet)]));
};

/**
 * awsx reads all outputs off one promise, which is done when it has the ids of the VPC and the subnets: what only needs the VPC's id waits for its
 * subnets too. Source: test/recorded, and awsx/ec2/vpc.ts of pulumi-awsx 3.9.
 */
function waitingForSubnets(outputs: Readonly<Record<string, Input>>, awaited: readonly RegisteredChild[]): Record<string, Sourced> {
  const urns = awaited.map(({ urn }) => urn);
  return Object.fromEntries(
    Object.entries(outputs).map(([key, output]) => {
      const { value, urns: own } = resolve(output);
      return [key, new Sourced(value, [...new Set([...own, ...urns])])];
    }),
  );
}

/** The route a subnet has to the world: none for an isolated one, and none for a private one without a NAT gateway. */
function gatewayOf(type: SubnetType, internet: RegisteredChild, nat: RegisteredChild | undefined): Record<string, Sourced> | undefined {
  if (type === "Public") return { gatewayId: idOf(internet) };
  return type === "Private" && nat ? { natGatewayId: idOf(nat) } : undefined;
}

/** True when this zone is due a gateway that the public subnets so far have not got. */
function wantsGateway(strategy: NatStrategy, made: number, zone: number): boolean {
  if (strategy === "None") return false;
  return strategy === "Single" ? made < 1 : made < zone + 1;
}

function registerVpc(construction: Construction, decided: Readonly<Record<string, Input>>): RegisteredChild {
  const asGiven = Object.fromEntries(VPC_ARGUMENTS.map((key) => [key, construction.argument(key)]));
  return construction.child("aws:ec2/vpc:Vpc", construction.component.name, construction.component, { ...asGiven, ...decided });
}
