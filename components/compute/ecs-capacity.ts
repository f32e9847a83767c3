import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Architecture, ec2Type } from "../../facts/ec2-types";
import { ConfigError, type Fault } from "../faults";
import { type Network } from "../network/network";
import { type Side } from "../network/passage";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { BOOT, DEFAULT_OPERATING_SYSTEM, type OperatingSystem } from "./ecs-boot";
import { EcsInstanceRole } from "./ecs-instance-role";
import { instanceLauncher, type InstanceLauncher, instanceSecurityGroup, instanceTemplate } from "./ecs-instances";

export interface EcsCapacityArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Cluster that the instances join. */
  readonly cluster: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
  /** Instance types in order of preference, such as `m7g.large`; Graviton and x86 may be mixed where every image is built for both. */
  readonly instanceTypes: readonly string[];
  /** Default: `al2023`; Bottlerocket has no trunk interfaces, so fewer tasks fit an instance. Changing this replaces every instance, a few at a time. */
  readonly operatingSystem?: OperatingSystem;
  /** Most instances. There is no fewest: ECS keeps as many as the tasks need, none without tasks. */
  readonly maximum: number;
  /** Share of the instances above `onDemandBase` that are on Spot, 0 to 1. Default: 0. */
  readonly spotShare?: number;
  /** Instances that are never on Spot. Default: 0. */
  readonly onDemandBase?: number;
  /** Percent of the instances that tasks may fill, 1 to 100; below 100 some stand ready. Default: 100. */
  readonly targetCapacity?: number;
  /** Stopped instances that wait to be started; only for one instance type on demand on `al2023`. Default: none. */
  readonly warmPool?: { readonly size: number };
  /** GiB of the volume that holds images and what containers write. Default: 30. */
  readonly volumeSize?: number;
  /** Key of the instances' volumes. */
  readonly keyArn: pulumi.Input<string>;
  /** Days after which an instance is replaced, so that all run a recent image, 1 to 365. Default: 14. */
  readonly maximumLifetimeDays?: number;
  /** Why an instance may open HTTPS connections to the internet, beside the endpoints that the VPC lacks: images in public registries. */
  readonly internetReasons?: readonly string[];
  /** Tags of the instances and their volumes, which a provider's default tags do not reach. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** What must exist before the first instance starts. Default: nothing. */
  readonly ready?: readonly pulumi.Resource[];
  readonly transform?: {
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
    readonly launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs>;
    readonly autoScalingGroup?: Transform<aws.autoscaling.GroupArgs>;
    readonly capacityProvider?: Transform<aws.ecs.CapacityProviderArgs>;
  };
}

const DEFAULTS = { volumeSize: 30, maximumLifetimeDays: 14, targetCapacity: 100 } as const;
const SECONDS_PER_DAY = 86_400;
const PERCENT = 100;
/** Seconds until a new instance has joined the cluster and counts as capacity. */
const WARMUP_SECONDS = 120;
/** Most instances that are added or removed at once. */
const LARGEST_STEP = 10;
/** ECS API reference, CreateCapacityProvider (2026-11). */
const RESERVED_NAME = /^(aws|ecs|fargate)/i;
/** What AWS would refuse of a capacity, or do in another way than it reads. */
export function capacityFaults(
  key: string,
  name: string,
  args: Pick<EcsCapacityArgs, "instanceTypes" | "operatingSystem" | "spotShare" | "warmPool">,
): Fault[] {
  const { instanceTypes, operatingSystem = DEFAULT_OPERATING_SYSTEM, spotShare = 0, warmPool } = args;
  const pool = (what: string, right: string): Fault[] => (warmPool ? [{ key: `${key}.warmPool`, what, right }] : []);
  return [
    ...(RESERVED_NAME.test(name)
      ? [{ key, what: "starts with a word that ECS keeps to itself", got: name, right: "do not start it with aws, ecs or fargate" }]
      : []),
    ...(instanceTypes.length === 0 ? [{ key: `${key}.instanceTypes`, what: "is empty", right: "give at least one instance type" }] : []),
    ...instanceTypes
      .filter((type) => ec2Type(type) === undefined)
      .map((type) => ({
        key: `${key}.instanceTypes`,
        what: "is not a known instance type",
        got: type,
        right: "give one of facts/ec2-types",
      })),
    ...(spotShare < 0 || spotShare > 1 ? [{ key: `${key}.spotShare`, what: "is out of range", got: spotShare, right: "give 0 to 1" }] : []),
    ...(instanceTypes.length > 1 ? pool("goes with one instance type only", "give one instance type, or leave the warm pool out") : []),
    ...(spotShare > 0 ? pool("does not go with Spot", "give no Spot share, or leave the warm pool out") : []),
    ...(BOOT[operatingSystem].warmPool ? [] : pool(`does not go with ${operatingSystem}`, "give al2023, or leave the warm pool out")),
  ];
}

/**
 * Instances for tasks of an ECS cluster: an auto-scaling group that ECS grows and shrinks by itself, none without tasks. An instance with
 * tasks is never taken away to save, and is drained before it goes. Instances have no public address, a closed security group, encrypted
 * volumes, IMDSv2 only, and a role that may do no more than join this cluster.
 *
 * Cost: the instances by the second, such as m7g.large 0.0816 USD an hour in us-east-1 (Amazon EC2 pricing, 2026-11), and their volumes.
 * @throws {ConfigError} with what AWS would refuse.
 */
export class EcsCapacity extends pulumi.ComponentResource {
  /** Name of the capacity provider. */
  public readonly provider: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** The instances' name and group. */
  public readonly side: Side;
  public readonly instanceRoleArn: pulumi.Output<string>;
  /** Instruction sets of the instances; with more than one every image must be built for both. */
  public readonly architectures: readonly Architecture[];

  constructor(
    private readonly name: string,
    private readonly args: EcsCapacityArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:EcsCapacity", name, {}, options);
    const faults = capacityFaults(`capacity ${name}`, name, args);
    if (faults.length > 0) throw new ConfigError(faults);
    this.architectures = [...new Set(args.instanceTypes.flatMap((type) => ec2Type(type)?.architecture ?? []))];
    const group = this.createSecurityGroup();
    const role = new EcsInstanceRole(name, { context: args.context, cluster: args.cluster }, { parent: this });
    const launcher = instanceLauncher(this.name, args.context, args.keyArn, this);
    const templates = this.createLaunchTemplates(group, role);
    const instances = this.createGroup(templates, launcher, role);
    const provider = this.createProvider(instances);
    this.provider = provider.name;
    this.securityGroupId = group.id;
    this.side = { name, securityGroupId: group.id };
    this.instanceRoleArn = role.arn;
    this.registerOutputs({ provider: this.provider, securityGroupId: this.securityGroupId, instanceRoleArn: this.instanceRoleArn });
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    const { network, transform, internetReasons } = this.args;
    return instanceSecurityGroup(this.name, { network, internetReasons, transform: transform?.securityGroup }, this);
  }

  /** One for each architecture: an image boots on one only. */
  private createLaunchTemplates(group: aws.ec2.SecurityGroup, role: EcsInstanceRole): ReadonlyMap<Architecture, aws.ec2.LaunchTemplate> {
    const { args } = this;
    const { operatingSystem = DEFAULT_OPERATING_SYSTEM, volumeSize = DEFAULTS.volumeSize } = args;
    const tags = { ...args.tags, Name: `${args.context.environment}-${this.name}` };
    const boot = { cluster: args.cluster.name, warmPool: args.warmPool !== undefined };
    return new Map(
      this.architectures.map((architecture) => [
        architecture,
        new aws.ec2.LaunchTemplate(
          ...bend<aws.ec2.LaunchTemplateArgs>(
            args.transform?.launchTemplate,
            `${this.name}-${architecture}`,
            {
              ...instanceTemplate({ operatingSystem, architecture, group, role, keyArn: args.keyArn, volumeSize, tags, boot }),
              ...(args.warmPool && { instanceType: args.instanceTypes[0] }),
            },
            { parent: this },
          ),
        ),
      ]),
    );
  }

  private createGroup(
    templates: ReadonlyMap<Architecture, aws.ec2.LaunchTemplate>,
    launcher: InstanceLauncher,
    role: EcsInstanceRole,
  ): aws.autoscaling.Group {
    const { args } = this;
    const { maximumLifetimeDays = DEFAULTS.maximumLifetimeDays } = args;
    return new aws.autoscaling.Group(
      ...bend<aws.autoscaling.GroupArgs>(
        args.transform?.autoScalingGroup,
        this.name,
        {
          // ECS only counts instances that start after their group has become a capacity provider: the group starts empty.
          minSize: 0,
          maxSize: args.maximum,
          vpcZoneIdentifiers: args.network.privateSubnetIds,
          serviceLinkedRoleArn: launcher.arn,
          ...this.launch(templates),
          // ECS takes the protection off an instance when its last task is gone.
          protectFromScaleIn: true,
          healthCheckType: "EC2",
          defaultInstanceWarmup: WARMUP_SECONDS,
          maxInstanceLifetime: maximumLifetimeDays * SECONDS_PER_DAY,
          instanceRefresh: {
            strategy: "Rolling",
            preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150, scaleInProtectedInstances: "Refresh", skipMatching: true },
          },
          waitForCapacityTimeout: "0",
          tags: [
            // ECS adds this tag by itself; without it here every preview would take it off again.
            { key: "AmazonECSManaged", value: "true", propagateAtLaunch: true },
            ...Object.entries(args.tags ?? {}).map(([key, value]) => ({ key, value, propagateAtLaunch: false })),
          ],
        },
        { parent: this, dependsOn: [...launcher.ready, role.policy, ...(args.ready ?? [])] },
      ),
    );
  }

  /** A warm pool wants one launch template; anything else gets a mixed instances policy, even for one type, so that a second can be added. */
  private launch(
    templates: ReadonlyMap<Architecture, aws.ec2.LaunchTemplate>,
  ): Pick<aws.autoscaling.GroupArgs, "launchTemplate" | "mixedInstancesPolicy" | "warmPool"> {
    const { instanceTypes, spotShare = 0, onDemandBase = 0, warmPool } = this.args;
    const templateOf = (architecture: Architecture | undefined) => {
      const template = architecture && templates.get(architecture);
      if (!template) throw new Error(`capacity ${this.name} has no launch template for ${architecture}`);
      return { id: template.id, version: template.latestVersion.apply(String) };
    };
    const [first] = this.architectures;
    const main = templateOf(first);
    if (warmPool)
      return { launchTemplate: main, warmPool: { poolState: "Stopped", minSize: warmPool.size, maxGroupPreparedCapacity: warmPool.size } };
    return {
      mixedInstancesPolicy: {
        instancesDistribution: {
          onDemandAllocationStrategy: "prioritized",
          onDemandBaseCapacity: onDemandBase,
          onDemandPercentageAboveBaseCapacity: PERCENT - Math.round(spotShare * PERCENT),
          spotAllocationStrategy: "price-capacity-optimized",
        },
        launchTemplate: {
          launchTemplateSpecification: { launchTemplateId: main.id, version: main.version },
          overrides: instanceTypes.map((instanceType) => {
            const architecture = ec2Type(instanceType)?.architecture;
            const own = templateOf(architecture);
            return {
              instanceType,
              ...(architecture !== first && { launchTemplateSpecification: { launchTemplateId: own.id, version: own.version } }),
            };
          }),
        },
      },
    };
  }

  private createProvider(group: aws.autoscaling.Group): aws.ecs.CapacityProvider {
    return new aws.ecs.CapacityProvider(
      ...bend<aws.ecs.CapacityProviderArgs>(
        this.args.transform?.capacityProvider,
        this.name,
        {
          autoScalingGroupProvider: {
            autoScalingGroupArn: group.arn,
            managedScaling: {
              status: "ENABLED",
              targetCapacity: this.args.targetCapacity ?? DEFAULTS.targetCapacity,
              minimumScalingStepSize: 1,
              maximumScalingStepSize: LARGEST_STEP,
              instanceWarmupPeriod: WARMUP_SECONDS,
            },
            managedTerminationProtection: "ENABLED",
            managedDraining: "ENABLED",
          },
        },
        { parent: this },
      ),
    );
  }
}
