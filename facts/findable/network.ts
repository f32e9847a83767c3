import { byIdentifier, byParent, byTags, type Findable, person } from "./findable";

/** One of EC2's, known by the end of its ARN, and compared by some properties. */
function ec2(resourceType: string, cloudFormation: string, properties: Readonly<Record<string, string>>): Findable {
  return byTags(resourceType, "{last}", { compared: { cloudFormation, identifier: "{last}", properties } });
}

const RULE = { IpProtocol: "ipProtocol", FromPort: "fromPort", ToPort: "toPort" };

/** How what makes a network is found. */
export const NETWORK_FINDABLE: Readonly<Record<string, Findable>> = {
  "aws:ec2/vpc:Vpc": ec2("ec2:vpc", "AWS::EC2::VPC", { CidrBlock: "cidrBlock" }),
  "aws:ec2/subnet:Subnet": ec2("ec2:subnet", "AWS::EC2::Subnet", { VpcId: "vpcId", CidrBlock: "cidrBlock" }),
  "aws:ec2/routeTable:RouteTable": ec2("ec2:route-table", "AWS::EC2::RouteTable", { VpcId: "vpcId" }),
  "aws:ec2/internetGateway:InternetGateway": byTags("ec2:internet-gateway", "{last}"),
  "aws:ec2/natGateway:NatGateway": ec2("ec2:natgateway", "AWS::EC2::NatGateway", { SubnetId: "subnetId" }),
  "aws:ec2/eip:Eip": byTags("ec2:elastic-ip", "{last}"),
  "aws:ec2/flowLog:FlowLog": ec2("ec2:vpc-flow-log", "AWS::EC2::FlowLog", { ResourceId: "vpcId" }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("ec2:vpc-endpoint", "AWS::EC2::VPCEndpoint", { VpcId: "vpcId", ServiceName: "serviceName" }),
  "aws:ec2/securityGroup:SecurityGroup": ec2("ec2:security-group", "AWS::EC2::SecurityGroup", { GroupName: "name", VpcId: "vpcId" }),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("ec2:security-group-rule", "AWS::EC2::SecurityGroupIngress", {
    GroupId: "securityGroupId",
    CidrIp: "cidrIpv4",
    SourceSecurityGroupId: "referencedSecurityGroupId",
    SourcePrefixListId: "prefixListId",
    ...RULE,
  }),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("ec2:security-group-rule", "AWS::EC2::SecurityGroupEgress", {
    GroupId: "securityGroupId",
    CidrIp: "cidrIpv4",
    DestinationSecurityGroupId: "referencedSecurityGroupId",
    DestinationPrefixListId: "prefixListId",
    ...RULE,
  }),
  // AWS made it with the VPC; it is only changed.
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": person("the VPC's group called default: it is there, whether it was changed or not"),
  "aws:ec2/route:Route": byIdentifier(
    "AWS::EC2::Route",
    "{inputs.routeTableId}|{inputs.destinationCidrBlock}",
    "{inputs.routeTableId}_{inputs.destinationCidrBlock}",
    "import",
  ),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": byParent(
    "AWS::EC2::SubnetRouteTableAssociation",
    {},
    { SubnetId: "subnetId", RouteTableId: "routeTableId" },
    "{inputs.subnetId}/{inputs.routeTableId}",
    "import",
  ),
  "aws:ec2/launchTemplate:LaunchTemplate": byTags("ec2:launch-template", "{last}"),
  "aws:ebs/volume:Volume": ec2("ec2:volume", "AWS::EC2::Volume", { AvailabilityZone: "availabilityZone", Size: "size" }),
  "aws:lb/loadBalancer:LoadBalancer": byTags("elasticloadbalancing:loadbalancer", "{arn}", { prefix: "name" }),
  "aws:lb/targetGroup:TargetGroup": byTags("elasticloadbalancing:targetgroup", "{arn}", { prefix: "name" }),
  "aws:lb/listener:Listener": byParent(
    "AWS::ElasticLoadBalancingV2::Listener",
    { LoadBalancerArn: "loadBalancerArn" },
    { LoadBalancerArn: "loadBalancerArn", Port: "port" },
    "{0}",
  ),
  "aws:lb/listenerRule:ListenerRule": byParent(
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    { ListenerArn: "listenerArn" },
    { Priority: "priority" },
    "{0}",
  ),
  "aws:route53/record:Record": person("the records of the hosted zone, for one of this name and type"),
  "aws:servicediscovery/httpNamespace:HttpNamespace": byTags("servicediscovery:namespace", "{last}"),
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": byTags("servicediscovery:namespace", "{last}"),
  "aws:servicediscovery/service:Service": byTags("servicediscovery:service", "{last}"),
};
