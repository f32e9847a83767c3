import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type EcsCluster } from "../../compute/ecs-cluster";
import { EcsDaemon, type EcsDaemonArgs } from "../../compute/ecs-daemon";
import { type TaskContainer } from "../../compute/ecs-task-definition";
import { ExecutionRole } from "../../compute/execution-role";
import { type TaskCapacity } from "../../compute/task-capacity";
import { policyDocument, trustPolicy } from "../../iam";
import { type Network } from "../../network/network";
import { type Side } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { ServiceLogs } from "../service-logs";
import { afterPrepare, type FileStore, type TaskFiles, taskFiles } from "./ecs-files";
import { EcsProgram } from "./ecs-program";
import { healthProbe } from "./health-probe";
import { secretStatements } from "./host-identity";
import { type NodeDaemon, type NodeDaemons, type RunningDaemon } from "./node-daemon";
import { NodePassages } from "./node-passages";
import { requireDaemon } from "./program-checks";
import { cpuUnits } from "./task-containers";

export interface EcsNodeDaemonsArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly cluster: EcsCluster;
  /** Groups of every instance of the cluster; asked when a daemon is made. */
  readonly instances: () => readonly Side[];
  /** Where files are kept. */
  readonly store: FileStore;
  /** Key that secrets are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Days the logs are kept, and the key of the logs. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  readonly transform?: EcsDaemonArgs["transform"];
}

/** Where an instance keeps what a daemon wants to find again. */
const KEPT = "/var/lib/strata-daemons";
const KEPT_VOLUME = "kept";
/** MiB that the containers beside it need: one fetches its files and ends, the other asks after it. */
const BESIDE_MEMORY = 256;

/**
 * Runs agents once on every instance of the environment's ECS cluster. They share the instance's network, because a network interface each
 * would take one of the few that tasks need, and so their connections come from the instances' group.
 *
 * Cost: the CPU and memory that they take of every instance.
 */
export class EcsNodeDaemons extends pulumi.ComponentResource implements NodeDaemons {
  public readonly kind = "ecs";

  private readonly passages = new NodePassages();

  constructor(
    name: string,
    private readonly args: EcsNodeDaemonsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EcsNodeDaemons", name, {}, options);
    this.registerOutputs({});
  }

  /**
   * @throws {ConfigError} with what nothing could run on every node.
   * @throws {Error} when the cluster has no instances.
   */
  run(daemon: NodeDaemon, parent: pulumi.Resource): RunningDaemon {
    requireDaemon(daemon);
    const nodes = this.args.instances();
    if (nodes.length === 0) throw new Error(`daemon ${daemon.name} wants instances to run on, but the cluster has none`);
    const running = new EcsNodeDaemon(daemon.name, { ...this.args, daemon, nodes, passages: this.passages }, { parent });
    return { nodes, ready: running.ready };
  }
}

interface EcsNodeDaemonArgs extends EcsNodeDaemonsArgs {
  readonly daemon: NodeDaemon;
  readonly nodes: readonly Side[];
  readonly passages: NodePassages;
}

/**
 * One agent on every instance of a cluster.
 *
 * Cost: the CPU and memory that it takes of every instance.
 */
class EcsNodeDaemon extends pulumi.ComponentResource {
  readonly ready: readonly pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly args: EcsNodeDaemonArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:EcsNodeDaemon", name, {}, options);
    const files = this.createFiles();
    this.ready = [this.createDaemon(files, [...files.ready, ...this.letOut()])];
    this.registerOutputs({});
  }

  private createFiles(): TaskFiles {
    const { context, store, daemon } = this.args;
    const otherMounts = [
      ...(daemon.kept === undefined ? [] : [daemon.kept]),
      ...daemon.hostPaths.map(({ containerPath }) => containerPath),
    ];
    return taskFiles(
      this.name,
      {
        context,
        store,
        files: daemon.files,
        secretFiles: daemon.secretFiles ?? {},
        scratch: { [this.name]: daemon.scratch },
        otherMounts,
      },
      this,
    );
  }

  /** Lets the instances out to what the daemon connects to, and in there. */
  private letOut(): pulumi.Resource[] {
    const { daemon, nodes, passages } = this.args;
    return [
      ...passages.openEndpoints(nodes, this.name, daemon.endpoints, this),
      ...daemon.calls.flatMap(({ to, port }) => {
        if (!(to instanceof EcsProgram)) throw new Error(`daemon ${this.name} calls ${to.name}, which does not run on the same cluster`);
        const { sides, protocol } = to.targets(port);
        return sides.flatMap((side) => passages.open(nodes, side, port, protocol, this));
      }),
    ];
  }

  private createDaemon(files: TaskFiles, ready: readonly pulumi.Resource[]): EcsDaemon {
    const { context, cluster, daemon, keyArn, logs: kept, transform } = this.args;
    const statements = [...(daemon.statements ?? []), ...files.statements];
    const logs = new ServiceLogs(this.name, { context, ...kept }, { parent: this });
    const secrets = secretStatements(daemon, keyArn);
    const executionRole = new ExecutionRole(this.name, { context, logs, image: daemon.image, statements: secrets }, { parent: this });
    const role = new aws.iam.Role(
      this.name,
      { description: `What ${this.name} itself may do`, assumeRolePolicy: trustPolicy("ecs-tasks.amazonaws.com", context.accountId) },
      { parent: this },
    );
    const granted =
      statements.length > 0
        ? [new aws.iam.RolePolicy(this.name, { role: role.name, policy: policyDocument(statements) }, { parent: this })]
        : [];
    // An image is built for every instance's instruction set, as a daemon's must be.
    const capacity: TaskCapacity = { ...cluster.fargate, compatibility: "EC2", architecture: undefined, placement: [] };
    return new EcsDaemon(
      this.name,
      {
        context,
        cluster,
        capacity,
        taskRoleArn: role.arn,
        executionRole,
        logs,
        container: this.container(files),
        beside: [...healthProbe(daemon.health ? [daemon.health] : []), ...(files.prepare ? [files.prepare] : [])],
        volumes: [...files.volumes, ...(daemon.kept === undefined ? [] : [{ name: KEPT_VOLUME, hostPath: `${KEPT}/${this.name}` }])],
        size: { cpu: cpuUnits(daemon.cpu), memory: daemon.memoryMib + BESIDE_MEMORY },
        network: { mode: "host" },
        hostProcesses: daemon.hostPid,
        hostDirectories: daemon.hostPaths,
        tags: {
          "strata:because": `${this.name} looks after the instance that it runs on`,
          ...(daemon.kept !== undefined && { "strata:store": "true" }),
        },
        ready: [...ready, ...granted],
        transform,
      },
      { parent: this },
    );
  }

  private container(files: TaskFiles): TaskContainer {
    const { daemon } = this.args;
    const { user = 0, kept } = daemon;
    return {
      name: this.name,
      image: daemon.image,
      entryPoint: daemon.command,
      command: daemon.args,
      ports: daemon.ports,
      user: `${user}:${user}`,
      memory: daemon.memoryMib,
      capabilities: daemon.capabilities,
      writable: [],
      variables: daemon.environment,
      mounts: [...files.mounts(this.name), ...(kept === undefined ? [] : [{ volume: KEPT_VOLUME, path: kept, readOnly: false }])],
      ...afterPrepare(files),
    };
  }
}
