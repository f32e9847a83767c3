import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** One side of a passage: its name in rule names and descriptions, and its security group. */
export interface Side {
  readonly name: string;
  readonly securityGroupId: pulumi.Input<string>;
}

/**
 * Lets one security group reach another on one port: a rule out of the first and a rule into the second.
 * Groups are closed, so both are needed; rules are resources of their own, so adding one never touches another.
 */
export function allowPassage(
  from: Side,
  to: Side,
  port: number,
  parent: pulumi.Resource,
  protocol: "tcp" | "udp" = "tcp",
): pulumi.Resource[] {
  const name = `${to.name}-from-${from.name}-${port}${protocol === "udp" ? "-udp" : ""}`;
  const ports = { ipProtocol: protocol, fromPort: port, toPort: port };
  return [
    new aws.vpc.SecurityGroupIngressRule(
      name,
      {
        securityGroupId: to.securityGroupId,
        referencedSecurityGroupId: from.securityGroupId,
        ...ports,
        description: `${from.name} may reach ${to.name}`,
      },
      { parent },
    ),
    new aws.vpc.SecurityGroupEgressRule(
      name,
      {
        securityGroupId: from.securityGroupId,
        referencedSecurityGroupId: to.securityGroupId,
        ...ports,
        description: `${from.name} may reach ${to.name}`,
      },
      { parent },
    ),
  ];
}
