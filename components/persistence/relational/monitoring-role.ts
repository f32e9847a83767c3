import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trustPolicy } from "../../iam";
import { type PlatformContext } from "../../platform-context";

/** Seconds between two readings of Enhanced Monitoring. */
export const MONITORING_SECONDS = 60;

/** The role with which RDS writes what its agent sees on an instance: processes, memory, disks. */
export function createMonitoringRole(name: string, context: PlatformContext, parent: pulumi.Resource): aws.iam.Role {
  const role = new aws.iam.Role(
    `${name}-monitoring`,
    { assumeRolePolicy: trustPolicy("monitoring.rds.amazonaws.com", context.accountId) },
    { parent },
  );
  new aws.iam.RolePolicyAttachment(
    `${name}-monitoring`,
    { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
    { parent },
  );
  return role;
}
