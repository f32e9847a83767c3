import type * as ec2 from "@pulumi/aws/ec2";
import { type Replacement, replacement } from "./replacement";

/** The VPC and what is in it. */
export const NETWORK_REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  "aws:ec2/vpc:Vpc": replacement<ec2.VpcArgs>("ec2/vpc_", false, [
    "region",
    "cidrBlock",
    { path: "instanceTenancy", when: "it changes to dedicated" },
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
  ]),
  "aws:ec2/subnet:Subnet": replacement<ec2.SubnetArgs>("ec2/vpc_subnet", false, [
    "region",
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv6Native",
    "outpostArn",
    "vpcId",
  ]),
  "aws:ec2/securityGroup:SecurityGroup": replacement<ec2.SecurityGroupArgs>("ec2/vpc_security_group", false, [
    "region",
    "description",
    "name",
    "namePrefix",
    "vpcId",
  ]),
  "aws:ec2/natGateway:NatGateway": replacement<ec2.NatGatewayArgs>("ec2/vpc_nat_gateway", false, [
    "region",
    "allocationId",
    "connectivityType",
    "privateIp",
    "subnetId",
  ]),
  "aws:ec2/vpcEndpoint:VpcEndpoint": replacement<ec2.VpcEndpointArgs>("ec2/vpc_endpoint", false, [
    "region",
    "serviceName",
    "vpcEndpointType",
    "vpcId",
  ]),
};
