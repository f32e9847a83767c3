import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "../../compute/ecs-cluster";
import { instanceLauncher, type InstanceLauncher, instanceSecurityGroup } from "../../compute/ecs-instances";
import { type Network } from "../../network/network";
import { type Side } from "../../network/passage";
import { ServiceBucket } from "../../persistence/bucket";
import { type PlatformContext } from "../../platform-context";
import { type FileStore } from "./ecs-files";
import { copyName, EcsProgram, type EcsProgramArgs } from "./ecs-program";
import { type Hosted, type HostedProgram, type VisibilityHost } from "./host";
import { requireProgram } from "./program-checks";

export interface EcsHostArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** The environment's cluster. Changing this replaces every program; its volumes stay. */
  readonly cluster: EcsCluster;
  /** Key of secrets, files and volumes. Changing this replaces the volumes. */
  readonly keyArn: pulumi.Input<string>;
  /** Days the logs are kept, and the key of the logs. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  /** Where the files of programs are kept. Default: a bucket of its own. */
  readonly store?: FileStore;
  /** Tags of instances and volumes, which a provider's default tags do not reach. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: EcsProgramArgs["transform"];
}

/** Days a replaced version of a file is kept; files have a key for each content, so there is none but by hand. */
const NONCURRENT_DAYS = 7;
/** Nothing of anybody is in it: what the program wrote there is in its repository. */
const NOT_LOGGED = "Only configuration that the program writes and its own tasks read";

/** Makes the bucket in which files wait for the tasks that read them. */
export function createFileStore(name: string, context: PlatformContext, keyArn: pulumi.Input<string>, parent: pulumi.Resource): FileStore {
  const bucketName = `${name}-files`;
  const args = { context, bucketName, keyArn, noncurrentDays: NONCURRENT_DAYS, notLoggedBecause: NOT_LOGGED };
  return { bucket: new ServiceBucket(bucketName, args, { parent }), keyArn };
}

/**
 * Runs the programs of the visibility layer on the environment's ECS cluster: one without storage on Fargate, one with storage on instances of
 * its own, each with a volume that outlives it. They are found by names of a private DNS zone, in the whole VPC.
 *
 * Cost: the programs' tasks and instances, 0.50 USD a month for the DNS zone (Amazon Route 53 pricing, 2026-11), and a bucket of small files.
 */
export class EcsHost extends pulumi.ComponentResource implements VisibilityHost {
  public readonly kind = "ecs";
  /** Where the files of programs are kept; daemons keep theirs there too. */
  public readonly store: FileStore;

  private readonly names: aws.servicediscovery.PrivateDnsNamespace;
  private group: { readonly group: aws.ec2.SecurityGroup; readonly launcher: InstanceLauncher } | undefined;

  constructor(
    private readonly name: string,
    private readonly args: EcsHostArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EcsHost", name, {}, options);
    const { context, network, keyArn, store } = args;
    this.store = store ?? createFileStore(name, context, keyArn, this);
    this.names = new aws.servicediscovery.PrivateDnsNamespace(
      name,
      { name: `${name}.${context.environment}.internal`, vpc: network.vpcId, description: "Programs of the visibility layer" },
      { parent: this },
    );
    this.registerOutputs({});
  }

  /** Groups of the instances that programs with storage are on; empty as long as there is none. */
  get instances(): readonly Side[] {
    return this.group ? [{ name: this.instancesName, securityGroupId: this.group.group.id }] : [];
  }

  copiesOf({ name, replicas }: Pick<HostedProgram, "name" | "replicas">): readonly pulumi.Output<string>[] {
    return Array.from({ length: replicas }, (_, copy) => pulumi.interpolate`${copyName(name, copy)}.${this.names.name}`);
  }

  /** @throws {ConfigError} with what no host could run. */
  run(program: HostedProgram, parent: pulumi.Resource): Hosted {
    requireProgram(program);
    const { store, names, args } = this;
    return new EcsProgram(
      program.name,
      { ...args, program, store, names, tags: args.tags ?? {}, instances: () => this.makeInstances() },
      { parent },
    );
  }

  private get instancesName(): string {
    return `${this.name}-instances`;
  }

  /** What all instances with volumes have in common; made with the first. */
  private makeInstances(): { readonly group: aws.ec2.SecurityGroup; readonly launcher: InstanceLauncher } {
    const { context, network, keyArn } = this.args;
    this.group ??= {
      group: instanceSecurityGroup(
        this.instancesName,
        // They pull the images, attach their volumes, and get the tools for it from a repository in S3.
        { network, internetReasons: ["images are in public registries"], calls: ["ec2", "s3"] },
        this,
      ),
      launcher: instanceLauncher(this.instancesName, context, keyArn, this),
    };
    return this.group;
  }
}
