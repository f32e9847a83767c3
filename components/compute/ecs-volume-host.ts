import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Ec2Type } from "../../facts/ec2-types";
import { type Statement } from "../iam";
import { type Network } from "../network/network";
import { kept, type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { EcsInstanceRole } from "./ecs-instance-role";
import { type InstanceLauncher, instanceTemplate } from "./ecs-instances";
import { volumeKeyStatements } from "./kubernetes/cluster-role";

export interface EcsVolumeHostArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Cluster that the instance joins. */
  readonly cluster: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  /** Zone of the volume and the instance, counted from 0 and again from the first after the last. Changing this replaces the volume. */
  readonly zone: number;
  /** Instance type. Changing this replaces the instance, which the volume outlives. */
  readonly instanceType: Ec2Type;
  /** GiB of the volume. It grows in place, and the file system with the next instance; AWS refuses less. */
  readonly gib: number;
  /** User and group id that the volume's top directory belongs to. */
  readonly user: number;
  /** Key of the volumes. Changing this replaces the volume. */
  readonly keyArn: pulumi.Input<string>;
  /** Group of the instance. */
  readonly group: aws.ec2.SecurityGroup;
  readonly launcher: InstanceLauncher;
  /** Days after which the instance is replaced, so that it runs a recent image. */
  readonly lifetimeDays: number;
  /** Tags of the instance and its volumes, which a provider's default tags do not reach. */
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly volume?: Transform<aws.ebs.VolumeArgs>;
    readonly launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
    readonly autoScalingGroup?: Transform<aws.autoscaling.GroupArgs>;
  };
}

/** Attribute of the one instance that has a volume. */
const ATTRIBUTE = "strata.volume";
/** Tag that the role of the instance knows it by. */
const TAG = "strata:volume";
const DEVICE = "/dev/sdf";
const ROOT_GIB = 30;
const SECONDS_PER_DAY = 86_400;
const WARMUP_SECONDS = 120;

/** Directory of the instance that a volume is mounted at. */
export function volumePath(name: string): string {
  return `/var/lib/strata/${name}`;
}

/**
 * Commands that attach a volume, make a file system where there is none yet, let it grow, mount it, and only then let tasks find the instance.
 * An instance that fails at one of them shuts down, and its group makes another.
 */
export function attachCommands(name: string, volumeId: string, region: string, user: number): string[] {
  // Amazon EBS user guide, "Map Amazon EBS volumes to NVMe device names" (2026-11): the serial number is the volume's id without its dash.
  const device = `/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volumeId.replace("-", "")}`;
  const path = volumePath(name);
  return [
    "set -Eeuo pipefail",
    "trap 'shutdown -h now' ERR",
    "dnf install --quiet --assumeyes awscli-2 e2fsprogs",
    "metadata=http://169.254.169.254/latest",
    'token=$(curl -sf -X PUT "$metadata/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300")',
    'instance=$(curl -sf -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id")',
    // The instance before may still be letting go of it.
    `until aws ec2 attach-volume --region ${region} --volume-id ${volumeId} --instance-id "$instance" --device ${DEVICE}; do sleep 5; done`,
    `until [ -b ${device} ]; do sleep 1; done`,
    `blkid ${device} || mkfs.ext4 -q ${device}`,
    `mkdir -p ${path}`,
    // Without `nofail`: an instance that starts again without its volume must not run tasks on its own disk.
    `echo "${device} ${path} ext4 noatime,nodev,nosuid 0 2" >> /etc/fstab`,
    `mount ${path}`,
    `resize2fs ${device}`,
    `chown ${user}:${user} ${path}`,
    `echo 'ECS_INSTANCE_ATTRIBUTES=${JSON.stringify({ [ATTRIBUTE]: name })}' >> /etc/ecs/ecs.config`,
  ];
}

/**
 * One instance of an ECS cluster with a volume that outlives it, for one copy of a program that keeps state: a group of one in the volume's
 * zone. A new instance waits for the volume of the one before, mounts it, and only then joins the cluster, so that no task ever starts without
 * its data. Tasks find it by an attribute.
 *
 * Cost: the instance by the second, such as t4g.small 0.0168 USD an hour, and 0.08 USD a GB-month of gp3, in us-east-1 (Amazon EC2 and EBS
 * pricing, 2026-11).
 */
export class EcsVolumeHost extends pulumi.ComponentResource {
  /** Subnet of the instance and its tasks. */
  public readonly subnetId: pulumi.Output<string>;
  /** What places a task on the instance. */
  public readonly placement: { readonly type: "memberOf"; readonly expression: string };
  /** Directory of the instance that is the volume. */
  public readonly path: string;
  /** A task finds no instance until these exist. */
  public readonly ready: readonly pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly args: EcsVolumeHostArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:EcsVolumeHost", name, {}, options);
    const { network, zone } = args;
    const index = zone % network.availabilityZones.length;
    this.path = volumePath(name);
    this.placement = { type: "memberOf", expression: `attribute:${ATTRIBUTE} == ${name}` };
    this.subnetId = network.privateSubnetIds.apply((subnets) => {
      const subnet = subnets[index];
      if (subnet === undefined) throw new Error(`zone ${network.availabilityZones[index]} has no private subnet`);
      return subnet;
    });
    const volume = this.createVolume(network.availabilityZones[index]);
    const role = this.createRole(volume);
    this.ready = [this.createGroup(this.createTemplate(volume, role), role)];
    this.registerOutputs({ subnetId: this.subnetId });
  }

  private createVolume(availabilityZone: string | undefined): aws.ebs.Volume {
    const { context, gib, keyArn, tags, transform } = this.args;
    if (availabilityZone === undefined) throw new Error(`${this.name} is in no availability zone`);
    const { durable } = context;
    return new aws.ebs.Volume(
      ...bend<aws.ebs.VolumeArgs>(
        transform?.volume,
        this.name,
        {
          availabilityZone,
          size: gib,
          type: "gp3",
          encrypted: true,
          kmsKeyId: keyArn,
          // A last copy, should somebody delete it after all.
          finalSnapshot: durable,
          tags: { ...tags, Name: `${context.environment}-${this.name}`, [TAG]: this.name },
        },
        { parent: this, ...kept(context) },
      ),
    );
  }

  private createRole(volume: aws.ebs.Volume): EcsInstanceRole {
    const { context, cluster, keyArn } = this.args;
    const attach: Statement[] = [
      { Sid: "AttachTheVolume", Effect: "Allow", Action: "ec2:AttachVolume", Resource: volume.arn },
      {
        Sid: "ToItself",
        Effect: "Allow",
        Action: "ec2:AttachVolume",
        Resource: `arn:aws:ec2:${context.region}:${context.accountId}:instance/*`,
        Condition: { StringEquals: { [`aws:ResourceTag/${TAG}`]: this.name } },
      },
    ];
    return new EcsInstanceRole(this.name, { context, cluster, statements: [...attach, ...volumeKeyStatements(keyArn)] }, { parent: this });
  }

  private createTemplate(volume: aws.ebs.Volume, role: EcsInstanceRole): aws.ec2.LaunchTemplate {
    const { context, cluster, instanceType, group, keyArn, user, tags, transform } = this.args;
    const commands = volume.id.apply((id) => attachCommands(this.name, id, context.region, user));
    return new aws.ec2.LaunchTemplate(
      ...bend<aws.ec2.LaunchTemplateArgs>(
        transform?.launchTemplate,
        this.name,
        {
          ...instanceTemplate({
            operatingSystem: "al2023",
            architecture: instanceType.architecture,
            group,
            role,
            keyArn,
            volumeSize: ROOT_GIB,
            tags: { ...tags, Name: `${context.environment}-${this.name}`, [TAG]: this.name },
            boot: { cluster: cluster.name, warmPool: false, commands },
          }),
          instanceType: instanceType.type,
        },
        { parent: this },
      ),
    );
  }

  private createGroup(template: aws.ec2.LaunchTemplate, role: EcsInstanceRole): aws.autoscaling.Group {
    const { launcher, lifetimeDays, tags, transform } = this.args;
    return new aws.autoscaling.Group(
      ...bend<aws.autoscaling.GroupArgs>(
        transform?.autoScalingGroup,
        this.name,
        {
          minSize: 1,
          maxSize: 1,
          desiredCapacity: 1,
          vpcZoneIdentifiers: [this.subnetId],
          serviceLinkedRoleArn: launcher.arn,
          launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
          healthCheckType: "EC2",
          defaultInstanceWarmup: WARMUP_SECONDS,
          maxInstanceLifetime: lifetimeDays * SECONDS_PER_DAY,
          // The volume is on one instance at a time: the old one goes before the new one comes.
          instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 0, maxHealthyPercentage: 100, skipMatching: true } },
          waitForCapacityTimeout: "0",
          tags: Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
        },
        { parent: this, dependsOn: [...launcher.ready, role.policy] },
      ),
    );
  }
}
