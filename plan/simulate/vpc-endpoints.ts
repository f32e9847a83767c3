import type { Json, Properties } from "../graph";
import type { MadeSubnet } from "./awsx-vpc-subnets";
import type { RegisteredChild } from "./expansion";
import { type Construction, idOf, type Input, outputOf, overlay, type Sourced } from "./sourced";
import type { SubnetType } from "./vpc-layout";

/** Properties of an endpoint that go to it as they are. */
const ENDPOINT_ARGUMENTS = [
  "autoAccept",
  "dnsOptions",
  "ipAddressType",
  "policy",
  "resourceConfigurationArn",
  "serviceName",
  "serviceNetworkArn",
  "serviceRegion",
  "subnetConfigurations",
  "vpcEndpointType",
];

/** Where an interface endpoint of strategy `Auto` puts its network interface in a zone: the first of these that the zone has. */
const PREFERRED: readonly SubnetType[] = ["Private", "Isolated", "Public"];

/**
 * The VPC endpoints of `awsx.ec2.Vpc`. Strategy `Legacy` passes each spec on as it is, so an Interface endpoint without subnets is reachable from nowhere
 * and a Gateway endpoint without route tables carries nothing. Strategy `Auto` fills in subnets, route tables and a security group that lets the VPC in on 443.
 * An endpoint is named after its service alone: two Vpcs of one stack with the same service collide.
 */
export function registerEndpoints(
  construction: Construction,
  vpc: RegisteredChild,
  made: readonly MadeSubnet[],
  zones: number,
  tags: Sourced,
): RegisteredChild[] {
  const specs = construction.records("vpcEndpointSpecs") ?? [];
  const strategy = construction.text("vpcEndpointStrategy") ?? "Legacy";
  return specs.map((spec) => {
    const own = (key: string): Sourced => construction.within("vpcEndpointSpecs", spec[key]);
    const type = String(spec["vpcEndpointType"] ?? "Gateway").toLowerCase();
    const fillIn = strategy === "Auto";
    const region = spec["region"] === undefined ? construction.argument("region") : own("region");
    const tagged = overlay(tags, own("tags"));
    const isInterface = fillIn && type === "interface";

    const subnetIds: Input =
      isInterface && spec["subnetIds"] === undefined && spec["subnetConfigurations"] === undefined
        ? onePerZone(made, zones)
        : own("subnetIds");
    const securityGroupIds: Input =
      isInterface && spec["securityGroupIds"] === undefined
        ? [idOf(registerSecurityGroup(construction, vpc, spec, region, tagged))]
        : own("securityGroupIds");
    const routeTableIds: Input =
      fillIn && type === "gateway" && spec["routeTableIds"] === undefined
        ? made.map(({ routeTable }) => idOf(routeTable))
        : own("routeTableIds");

    return construction.child("aws:ec2/vpcEndpoint:VpcEndpoint", serviceName(spec), vpc, {
      ...Object.fromEntries(ENDPOINT_ARGUMENTS.map((key) => [key, own(key)])),
      region,
      subnetIds,
      securityGroupIds,
      routeTableIds,
      privateDnsEnabled: isInterface && spec["privateDnsEnabled"] === undefined ? true : own("privateDnsEnabled"),
      tags: tagged,
      vpcId: idOf(vpc),
    });
  });
}

function serviceName(spec: Properties): string {
  return String(spec["serviceName"]);
}

/** Refuses endpoints whose names would collide. */
export function checkEndpoints(construction: Construction): void {
  const names = (construction.records("vpcEndpointSpecs") ?? []).map(serviceName);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return;
  construction.refuse(
    `vpcEndpointSpecs has ${repeated} twice, and an endpoint is named after its service`,
    "Keep one here and make the other an aws.ec2.VpcEndpoint of its own",
  );
}

function onePerZone(made: readonly MadeSubnet[], zones: number): Input {
  return Array.from({ length: zones }, (_, zone) => {
    const inZone = made.filter((each) => each.zone === zone);
    const chosen = PREFERRED.flatMap((type) => inZone.filter((each) => each.type === type))[0];
    return chosen && idOf(chosen.subnet);
  });
}

function registerSecurityGroup(
  construction: Construction,
  vpc: RegisteredChild,
  spec: Properties,
  region: Sourced,
  tags: Sourced,
): RegisteredChild {
  const group = construction.child("aws:ec2/securityGroup:SecurityGroup", `${serviceName(spec)}-sg`, vpc, {
    region,
    vpcId: idOf(vpc),
    description: "Managed by Pulumi",
    tags,
  });
  const wantsIpv6 = (family: Json | undefined): boolean => ["ipv6", "dualstack"].includes(String(family).toLowerCase());
  construction.child("aws:ec2/securityGroupRule:SecurityGroupRule", `${serviceName(spec)}-ingress`, vpc, {
    region,
    type: "ingress",
    securityGroupId: idOf(group),
    protocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrBlocks: [outputOf(vpc, "cidrBlock")],
    ...(wantsIpv6(spec["ipAddressType"]) && { ipv6CidrBlocks: [outputOf(vpc, "ipv6CidrBlock")] }),
  });
  return group;
}
