import { type DurationTable, textIn, took, waits } from "./duration";

const NAT = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html";
const ENDPOINT = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html";
const BALANCER = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
const CERTIFICATE = "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html";
const RECORD = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/route-53-concepts.html";
const CLOUDFRONT = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html";
const TRANSIT = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html";

/** VPC, load balancers, names and certificates. A group, a route or a rule is there as soon as the API has answered. */
export const NETWORK_DURATIONS: DurationTable = {
  "aws:ec2/vpc:Vpc": waits("ec2/vpc_", 0.2, 0.2, 0.1),
  "aws:ec2/subnet:Subnet": waits("ec2/vpc_subnet", 0.2, 0.2, 0.1),
  "aws:ec2/internetGateway:InternetGateway": waits("ec2/vpc_internet_gateway", 0.05, 0.05, 0.5),
  "aws:ec2/natGateway:NatGateway": took(NAT, [1.8, 5], 0.05, [1, 3]),
  "aws:ec2/eip:Eip": waits("ec2/ec2_eip", 0.05, 0.05, 0.05),
  "aws:ec2/routeTable:RouteTable": waits("ec2/vpc_route_table", 0.05, 0.05, 0.05),
  "aws:ec2/route:Route": waits("ec2/vpc_route", 0.05, 0.05, 0.05),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": waits("ec2/vpc_route_table_association", 0.05, 0.05, 0.05),
  "aws:ec2/securityGroup:SecurityGroup": waits("ec2/vpc_security_group", 0.05, 0.05, 0.1),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": waits("ec2/vpc_default_security_group", 0.05, 0.05, 0.02),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": waits("ec2/vpc_security_group_egress_rule", 0.02, 0.02, 0.02),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": waits("ec2/vpc_security_group_ingress_rule", 0.02, 0.02, 0.02),
  "aws:ec2/flowLog:FlowLog": waits("ec2/vpc_flow_log", 0.05, 0.05, 0.05),
  // A gateway endpoint is an entry of route tables; an interface endpoint has a network interface in each subnet.
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ vpcEndpointType }) =>
    textIn(vpcEndpointType) === "Interface" ? took(ENDPOINT, [1.5, 4], 0.5, [2, 5]) : waits("ec2/vpc_endpoint", 0.1, 0.1, 0.1),
  "aws:ec2transitgateway/transitGateway:TransitGateway": took(TRANSIT, 2, 1, 2),
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": took(TRANSIT, 1, 0.5, 1),
  "aws:lb/loadBalancer:LoadBalancer": took(BALANCER, [2.5, 5], 0.2, [0.5, 5]),
  "aws:lb/targetGroup:TargetGroup": waits("elbv2/target_group", 0.05, 0.05, 0.05),
  "aws:lb/listener:Listener": waits("elbv2/listener", 0.05, 0.05, 0.05),
  "aws:lb/listenerRule:ListenerRule": waits("elbv2/listener_rule", 0.05, 0.05, 0.05),
  // The provider waits until Route 53 has the change on all of its servers.
  "aws:route53/record:Record": took(RECORD, [0.6, 1.5], [0.6, 1.5], [0.6, 1.5]),
  "aws:route53/zone:Zone": took(RECORD, 0.6, 0.05, 0.6),
  "aws:acm/certificate:Certificate": waits("acm/certificate", 0.1, 0.05, 0.1),
  // It is the wait itself. AWS looks for the record every few minutes.
  "aws:acm/certificateValidation:CertificateValidation": took(CERTIFICATE, [2, 30], 0, 0),
  "aws:cloudfront/distribution:Distribution": took(CLOUDFRONT, [5, 15], [5, 15], [8, 20]),
  "aws:apigatewayv2/domainName:DomainName": waits("apigatewayv2/domain_name", 0.2, 0.2, 0.1),
  "aws:apigatewayv2/vpcLink:VpcLink": waits("apigatewayv2/vpc_link", 2, 0.05, [2, 10]),
  "aws:apigateway/vpcLink:VpcLink": waits("apigateway/vpc_link", [3, 10], 0.2, 3),
};
