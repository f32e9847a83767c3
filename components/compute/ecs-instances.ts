import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Architecture } from "../../facts/ec2-types";
import { type Network } from "../network/network";
import { allowEndpoints, allowInternet } from "../network/outbound";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { BOOT, type BootOptions, type OperatingSystem } from "./ecs-boot";
import { type EcsInstanceRole } from "./ecs-instance-role";

/** What an instance itself calls: to join, to pull images, to send logs. */
const AGENT_SERVICES = ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs"] as const;

/** The group of instances of a cluster: out to AWS, nothing in. */
export function instanceSecurityGroup(
  name: string,
  args: {
    readonly network: Network;
    /** Why an instance may open HTTPS connections to the internet, beside the endpoints that the VPC lacks. */
    readonly internetReasons?: readonly string[];
    /** AWS services that an instance calls beside those of its agent. Default: none. */
    readonly calls?: readonly string[];
    readonly transform?: Transform<aws.ec2.SecurityGroupArgs>;
  },
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const { network, internetReasons = [], calls = [], transform } = args;
  const group = new aws.ec2.SecurityGroup(
    ...bend<aws.ec2.SecurityGroupArgs>(
      transform,
      name,
      { vpcId: network.vpcId, description: `Instances of ${name}: out to AWS, nothing in; tasks have groups of their own` },
      { parent },
    ),
  );
  const side = { name, securityGroupId: group.id };
  const missing = [...AGENT_SERVICES, ...calls].filter((service) => !network.privateServices.has(service));
  allowEndpoints(side, network, parent);
  allowInternet(
    side,
    [...internetReasons, ...(missing.length > 0 ? [`no interface endpoint for ${missing.join(", ")}`] : [])],
    network,
    parent,
  );
  return group;
}

/** Who launches instances. */
export interface InstanceLauncher {
  readonly arn: pulumi.Output<string>;
  /** Without these an instance can't have its volumes. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * The role that launches the instances, and its use of the volumes' key. The account's common one is made by the first group ever,
 * so a new account would have nobody to give the key to.
 */
export function instanceLauncher(
  name: string,
  context: PlatformContext,
  keyArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): InstanceLauncher {
  const role = new aws.iam.ServiceLinkedRole(
    name,
    { awsServiceName: "autoscaling.amazonaws.com", customSuffix: `${context.environment}-${name}` },
    { parent },
  );
  const grant = new aws.kms.Grant(
    `${name}-volumes`,
    {
      keyId: keyArn,
      granteePrincipal: role.arn,
      // EC2 Auto Scaling user guide, "Required AWS KMS key policy for use with encrypted volumes" (2026-11).
      operations: [
        "Encrypt",
        "Decrypt",
        "ReEncryptFrom",
        "ReEncryptTo",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
        "DescribeKey",
        "CreateGrant",
      ],
    },
    { parent },
  );
  return { arn: role.arn, ready: [grant] };
}

/** What every instance of a cluster boots with. */
export interface InstanceTemplate {
  readonly operatingSystem: OperatingSystem;
  readonly architecture: Architecture;
  readonly group: aws.ec2.SecurityGroup;
  readonly role: EcsInstanceRole;
  /** Key of the volumes. */
  readonly keyArn: pulumi.Input<string>;
  /** GiB of the volume that holds images and what containers write. */
  readonly volumeSize: number;
  /** Tags of instances, volumes and interfaces. */
  readonly tags: Readonly<Record<string, string>>;
  readonly boot: Omit<BootOptions, "cluster" | "commands"> & {
    readonly cluster: pulumi.Input<string>;
    readonly commands?: pulumi.Input<string[]>;
  };
}

/** The launch template of instances: no public address, encrypted volumes, IMDSv2 only. */
export function instanceTemplate(template: InstanceTemplate): aws.ec2.LaunchTemplateArgs {
  const { operatingSystem, architecture, group, role, keyArn, volumeSize, tags } = template;
  const boot = BOOT[operatingSystem];
  const userData = pulumi.output(template.boot).apply((options) => Buffer.from(boot.userData(options)).toString("base64"));
  const volume = (deviceName: string, size?: number) => ({
    deviceName,
    ebs: { volumeType: "gp3", encrypted: "true", kmsKeyId: keyArn, deleteOnTermination: "true", ...(size && { volumeSize: size }) },
  });
  return {
    // EC2 looks the newest image up at each launch, so that a preview needs no call and changes nothing when one comes out.
    imageId: `resolve:ssm:${boot.imageParameter(architecture)}`,
    updateDefaultVersion: true,
    ebsOptimized: "true",
    iamInstanceProfile: { arn: role.profileArn },
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [group.id], deleteOnTermination: "true" }],
    blockDeviceMappings: [volume(boot.devices.containers, volumeSize), ...boot.devices.others.map((device) => volume(device))],
    tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
    userData,
  };
}
