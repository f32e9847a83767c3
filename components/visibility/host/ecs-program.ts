import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fargateSizeFor } from "../../../facts/fargate-sizes";
import { type EcsCluster } from "../../compute/ecs-cluster";
import { type InstanceLauncher } from "../../compute/ecs-instances";
import { createTaskDefinition, type TaskDefinitionSpec } from "../../compute/ecs-task-definition";
import { EcsVolumeHost, type EcsVolumeHostArgs } from "../../compute/ecs-volume-host";
import { ExecutionRole, isPublicImage } from "../../compute/execution-role";
import { instanceFor } from "../../compute/instance-for";
import { type TaskCapacity } from "../../compute/task-capacity";
import { type Network } from "../../network/network";
import { allowPassage, type Side } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { ServiceIdentity } from "../../service/identity";
import { bend, type Transform } from "../../transform";
import { ServiceLogs } from "../service-logs";
import { type FileStore, type TaskFiles, taskFiles } from "./ecs-files";
import { type Hosted, type HostedProgram } from "./host";
import { httpsReasons, outwardPorts, secretStatements } from "./host-identity";
import { portsOf } from "./program-checks";
import { STORAGE, taskContainers, taskSize } from "./task-containers";
import { nameOfAny, taskName } from "./task-names";

export interface EcsProgramArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly cluster: EcsCluster;
  readonly program: HostedProgram;
  /** Where its files are kept. */
  readonly store: FileStore;
  /** Key that secrets and volumes are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Days the logs are kept, and the key of the logs. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  /** Private DNS namespace of all programs. */
  readonly names: aws.servicediscovery.PrivateDnsNamespace;
  /** What instances with volumes are made with; asked only for a program with storage. */
  readonly instances: () => { readonly group: aws.ec2.SecurityGroup; readonly launcher: InstanceLauncher };
  /** Tags of instances and volumes. */
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly taskDefinition?: Transform<aws.ecs.TaskDefinitionArgs>;
    readonly service?: Transform<aws.ecs.ServiceArgs>;
    readonly volumeHost?: EcsVolumeHostArgs["transform"];
  };
}

/** MiB of an instance that its daemons take. */
const DAEMON_MEMORY = 256;
/** Days an instance lives; each further copy a day longer, so that no two go at once. */
const LIFETIME_DAYS = 14;
/** Characters of a tag's value (AWS General Reference, "Tagging AWS resources", 2026-11). */
const LONGEST_TAG = 256;
const NOT_IN_TAGS = /[^\p{L}\p{N} +\-=._:/@]/gu;
/** Seconds in which a load balancer does not judge a new task: it fetches its image, its files and its secrets first. */
const GRACE_SECONDS = 120;
const FARGATE_CALLS = ["ecr.api", "ecr.dkr", "logs"] as const;

/**
 * A program of the visibility layer on ECS: tasks on Fargate, or where it has storage, for each copy a task on an instance of its own with a
 * volume that outlives both. Its tasks are in a security group of their own, which lets in whom a rule names on the port it names, and are
 * found by names of a private DNS zone.
 *
 * Cost: Fargate's by the second, or an instance and its volume a copy; see `EcsVolumeHost`.
 */
export class EcsProgram extends pulumi.ComponentResource implements Hosted {
  public readonly address: pulumi.Output<string>;
  public readonly copies: readonly pulumi.Output<string>[];
  public readonly securityGroupId: pulumi.Output<string> | undefined;
  public readonly ready: readonly pulumi.Resource[];

  private readonly program: HostedProgram;
  private readonly identity: ServiceIdentity;

  constructor(
    public readonly name: string,
    private readonly args: EcsProgramArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EcsProgram", name, {}, options);
    const { program } = args;
    this.program = program;
    const files = this.createFiles();
    const statements = [...(program.statements ?? []), ...files.statements];
    const reasons = [...httpsReasons({ internetReasons: program.internetReasons }, statements, args.network), ...this.startReasons()];
    this.identity = new ServiceIdentity(
      name,
      {
        context: args.context,
        network: args.network,
        runsAs: "ecs-tasks.amazonaws.com",
        internetReasons: reasons,
        internetPorts: outwardPorts(program, reasons),
      },
      { parent: this },
    );
    const waits = [...this.identity.grant(statements), ...files.ready, ...this.call(), ...(program.ready ?? [])];
    const tasks = this.createTasks(files, waits);
    this.securityGroupId = (program.published ?? []).length > 0 ? this.identity.securityGroupId : undefined;
    this.address = tasks.address;
    this.copies = tasks.copies;
    this.ready = tasks.services;
    this.registerOutputs({ address: this.address, securityGroupId: this.securityGroupId });
  }

  /**
   * What a client of a port is let out to.
   * @throws {Error} when no container listens on the port.
   */
  targets(number: number): { readonly sides: readonly Side[]; readonly protocol: "tcp" | "udp" } {
    const found = portsOf(this.program).find(({ port }) => port === number);
    if (!found) throw new Error(`program ${this.name} does not listen on ${number}`);
    return { sides: [this.identity], protocol: found.protocol };
  }

  /** Lets the program out to, and in at, those it calls, and its copies reach each other. */
  private call(): pulumi.Resource[] {
    const seen = new Set<string>();
    const { calls = [], peerPorts = [] } = this.program;
    const peers = peerPorts.flatMap((port) => allowPassage(this.identity, this.identity, port, this, this.targets(port).protocol));
    const called = calls.flatMap(({ to, port }) => {
      if (!(to instanceof EcsProgram)) throw new Error(`program ${this.name} calls ${to.name}, which does not run on the same host`);
      if (seen.has(`${to.name}:${port}`)) return [];
      seen.add(`${to.name}:${port}`);
      const { sides, protocol } = to.targets(port);
      return sides.flatMap((side) => allowPassage(this.identity, side, port, this, protocol));
    });
    return [...peers, ...called];
  }

  /** Fargate pulls images and writes logs through a task's own network interface; an instance does so itself. */
  private startReasons(): string[] {
    const { program, args } = this;
    if (program.storage) return [];
    const missing = [...FARGATE_CALLS, ...(program.secretFiles ? ["secretsmanager"] : [])].filter(
      (service) => !args.network.privateServices.has(service),
    );
    return [
      ...(this.images.some(isPublicImage) ? ["its images are in a public registry"] : []),
      ...(missing.length > 0 ? [`no interface endpoint for ${missing.join(", ")}`] : []),
    ];
  }

  private get images(): string[] {
    return this.program.containers.map(({ image }) => image);
  }

  private createFiles(): TaskFiles {
    const { context, store, program } = this.args;
    const scratch = Object.fromEntries(program.containers.map(({ name, scratch: paths = [] }) => [name, paths]));
    return taskFiles(
      this.name,
      {
        context,
        store,
        files: program.files,
        secretFiles: program.secretFiles ?? {},
        scratch,
        otherMounts: program.storage ? [program.storage.path] : [],
      },
      this,
    );
  }

  private taskDefinition(
    name: string,
    files: TaskFiles,
    on: Pick<TaskDefinitionSpec, "capacity" | "size" | "executionRole" | "logs"> & { readonly kept?: string },
  ): aws.ecs.TaskDefinition {
    const { context, program, transform } = this.args;
    const { kept, ...rest } = on;
    return createTaskDefinition(
      name,
      {
        ...rest,
        context,
        taskRoleArn: this.identity.roleArn,
        containers: taskContainers(program, files),
        volumes: [...files.volumes, ...(kept === undefined ? [] : [{ name: STORAGE, hostPath: kept }])],
        ...(kept !== undefined && { tags: { "strata:store": "true" } }),
        transform: transform?.taskDefinition,
      },
      this,
    );
  }

  private createTasks(files: TaskFiles, waits: readonly pulumi.Resource[]) {
    const { context, program, logs: kept, keyArn } = this.args;
    const logs = new ServiceLogs(this.name, { context, ...kept }, { parent: this });
    const [image = "", ...besideImages] = this.images;
    const statements = secretStatements(program, keyArn);
    const executionRole = new ExecutionRole(this.name, { context, logs, image, besideImages, statements }, { parent: this });
    const common = { logs, executionRole };
    const ready = [...waits, executionRole.policy];
    return program.storage ? this.onInstances(files, common, program.storage.gib, ready) : this.onFargate(files, common, ready);
  }

  private onFargate(files: TaskFiles, common: Pick<TaskDefinitionSpec, "executionRole" | "logs">, ready: readonly pulumi.Resource[]) {
    const { cluster, network, program, names } = this.args;
    const { cpu, memory } = taskSize(program);
    const size = fargateSizeFor(cpu, memory);
    const task = this.taskDefinition(this.name, files, { ...common, capacity: cluster.fargate, size });
    const found = taskName(this.name, names, this);
    const service = this.service(this.name, task, found.service, [...cluster.fargate.ready, ...ready], {
      desiredCount: program.replicas,
      capacityProviderStrategies: [{ capacityProvider: cluster.fargate.onDemand, weight: 1 }],
      forceNewDeployment: true,
      networkConfiguration: this.network(network.privateSubnetIds),
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      availabilityZoneRebalancing: "ENABLED",
    });
    return { address: found.host, copies: [], services: [service] };
  }

  /** A service a copy: each has a volume, so each has a place and a name of its own. */
  private onInstances(
    files: TaskFiles,
    common: Pick<TaskDefinitionSpec, "executionRole" | "logs">,
    gib: number,
    ready: readonly pulumi.Resource[],
  ) {
    const { context, network, cluster, program, keyArn, names, instances, tags, transform } = this.args;
    const size = taskSize(program);
    const instanceType = instanceFor(size.cpu, size.memory + DAEMON_MEMORY);
    const made = Array.from({ length: program.replicas }, (_, zone) => {
      const name = copyName(this.name, zone);
      const host = new EcsVolumeHost(
        name,
        {
          context,
          network,
          cluster,
          zone,
          instanceType,
          gib,
          user: program.user,
          keyArn,
          tags,
          ...instances(),
          lifetimeDays: LIFETIME_DAYS + zone,
          transform: transform?.volumeHost,
        },
        { parent: this },
      );
      const capacity: TaskCapacity = { ...cluster.fargate, compatibility: "EC2", architecture: "ARM64", placement: [], ready: host.ready };
      const task = this.taskDefinition(name, files, { ...common, capacity, size, kept: host.path });
      const found = taskName(name, names, this);
      const service = this.service(name, task, found.service, [...host.ready, ...ready], {
        desiredCount: 1,
        launchType: "EC2",
        placementConstraints: [host.placement],
        networkConfiguration: this.network([host.subnetId]),
        // The volume has one writer: the old task ends before the new one starts.
        deploymentMinimumHealthyPercent: 0,
        deploymentMaximumPercent: 100,
        availabilityZoneRebalancing: "DISABLED",
      });
      return { service, host: found.host };
    });
    const copies = made.map(({ host }) => host);
    const [first] = copies;
    const address = copies.length === 1 && first ? first : nameOfAny(this.name, copies, names, this);
    return { address, copies, services: made.map(({ service }) => service) };
  }

  private network(subnets: pulumi.Input<pulumi.Input<string>[]>): aws.types.input.ecs.ServiceNetworkConfiguration {
    const groups = (this.program.groups ?? []).map(({ securityGroupId }) => securityGroupId);
    return { subnets, securityGroups: [this.identity.securityGroupId, ...groups], assignPublicIp: false };
  }

  /** The load balancers of others that send to its tasks. */
  private balanced(): Pick<aws.ecs.ServiceArgs, "loadBalancers" | "healthCheckGracePeriodSeconds"> {
    const { targets = [], containers } = this.program;
    if (targets.length === 0) return {};
    const loadBalancers = targets.map(({ port, group }) => {
      const container = containers.find(({ ports = [] }) => ports.some((one) => one.port === port));
      if (!container) throw new Error(`program ${this.name} does not listen on ${port}`);
      return { targetGroupArn: group.arn, containerName: container.name, containerPort: port };
    });
    return { loadBalancers, healthCheckGracePeriodSeconds: GRACE_SECONDS };
  }

  /** Why a policy that asks of it what it asks of services may be answered otherwise; an AWS tag holds 256 characters. */
  private reasonTag(): { readonly tags?: Record<string, string> } {
    const { oneCopyBecause, replicas, storage } = this.program;
    const reasons = [
      // Only where the host is ECS, so there is no EKS that these ports could go to.
      ...(portsOf(this.program).length > 1 ? ["it speaks protocols of its own and the visibility layer runs on ECS here"] : []),
      ...(storage && replicas > 1 ? [`one of ${replicas} copies with a volume and a zone of its own each`] : []),
      ...(oneCopyBecause === undefined ? [] : [oneCopyBecause]),
    ];
    return reasons.length > 0 ? { tags: { "strata:because": reasons.join(" - ").replace(NOT_IN_TAGS, "").slice(0, LONGEST_TAG) } } : {};
  }

  private service(
    name: string,
    task: aws.ecs.TaskDefinition,
    registry: aws.servicediscovery.Service,
    dependsOn: pulumi.Resource[],
    on: aws.ecs.ServiceArgs,
  ): aws.ecs.Service {
    return new aws.ecs.Service(
      ...bend<aws.ecs.ServiceArgs>(
        this.args.transform?.service,
        name,
        {
          cluster: this.args.cluster.arn,
          taskDefinition: task.arn,
          deploymentCircuitBreaker: { enable: true, rollback: true },
          serviceRegistries: { registryArn: registry.arn },
          ...this.balanced(),
          enableEcsManagedTags: true,
          propagateTags: "SERVICE",
          waitForSteadyState: true,
          ...this.reasonTag(),
          ...on,
        },
        { parent: this, dependsOn },
      ),
    );
  }
}

/** Name of one copy of a program with storage. */
export function copyName(program: string, copy: number): string {
  return `${program}-${copy}`;
}
