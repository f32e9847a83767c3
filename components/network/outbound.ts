import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type ServiceNetwork } from "./service-network";
import { type Side } from "./passage";

const HTTPS = 443;
// VPC security group rules hold 255 characters (EC2 API reference, IpRange, 2026-11).
const LONGEST_DESCRIPTION = 255;

function egress(from: Side, to: string, rule: Partial<aws.vpc.SecurityGroupEgressRuleArgs>, parent: pulumi.Resource): pulumi.Resource {
  return new aws.vpc.SecurityGroupEgressRule(
    `${from.name}-to-${to}`,
    { securityGroupId: from.securityGroupId, ipProtocol: "tcp", fromPort: HTTPS, toPort: HTTPS, ...rule },
    { parent },
  );
}

/** Lets a security group reach the AWS services that have an endpoint in the VPC, over HTTPS. */
export function allowEndpoints(from: Side, network: ServiceNetwork, parent: pulumi.Resource): pulumi.Resource[] {
  const s3 = network.s3PrefixListId;
  const dynamodb = network.dynamodbPrefixListId;
  const endpoints = network.endpointSecurityGroupId;
  return [
    ...(s3 ? [egress(from, "s3", { prefixListId: s3, description: "S3 by its gateway endpoint: image layers" }, parent)] : []),
    ...(dynamodb ? [egress(from, "dynamodb", { prefixListId: dynamodb, description: "DynamoDB by its gateway endpoint" }, parent)] : []),
    ...(endpoints
      ? [
          egress(from, "endpoints", { referencedSecurityGroupId: endpoints, description: "AWS services by their endpoints" }, parent),
          new aws.vpc.SecurityGroupIngressRule(
            `endpoints-from-${from.name}`,
            {
              securityGroupId: endpoints,
              referencedSecurityGroupId: from.securityGroupId,
              ipProtocol: "tcp",
              fromPort: HTTPS,
              toPort: HTTPS,
              description: `${from.name} may reach AWS services`,
            },
            { parent },
          ),
        ]
      : []),
  ];
}

/**
 * Lets a security group open connections to the internet: HTTPS, or to other TCP ports. With the rules comes the way out: it is as much needed.
 * @param reasons why; they become the rule's description. Nothing is opened without one.
 */
export function allowInternet(
  from: Side,
  reasons: readonly string[],
  { wayOut }: Pick<ServiceNetwork, "wayOut">,
  parent: pulumi.Resource,
  ports: readonly number[] = [HTTPS],
): pulumi.Resource[] {
  if (reasons.length === 0) return [];
  return [...ports.map((port) => allowPort(from, reasons, port, parent)), ...wayOut];
}

function allowPort(from: Side, reasons: readonly string[], port: number, parent: pulumi.Resource): pulumi.Resource {
  const description = `${port === HTTPS ? "HTTPS" : `TCP ${port}`} out: ${reasons.join("; ")}`
    .replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, " ")
    .slice(0, LONGEST_DESCRIPTION);
  const name = port === HTTPS ? "internet" : `internet-${port}`;
  return egress(from, name, { cidrIpv4: "0.0.0.0/0", description, fromPort: port, toPort: port }, parent);
}
