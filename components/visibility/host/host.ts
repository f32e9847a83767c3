import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../../iam";

/** A port that a container listens on. */
export interface HostedPort {
  /** Name of at most 15 characters: `plaintext`. */
  readonly name: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** What shows that a container can answer. */
export type HostedHealth =
  { readonly kind: "http"; readonly path: string; readonly port: number } | { readonly kind: "tcp"; readonly port: number };

/** One container of a program. Its file system is read-only but for `scratch` and the program's storage. */
export interface HostedContainer {
  readonly name: string;
  /** Image with its tag: `grafana/grafana:12.2.1`. */
  readonly image: string;
  /** Entry point. Default: the image's own. */
  readonly command?: readonly string[];
  /** Arguments of the entry point. Default: the image's own. */
  readonly args?: readonly string[];
  /** Environment variables; never a secret, which comes as a file. */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly ports?: readonly HostedPort[];
  /** Thousandths of a vCPU. */
  readonly cpu: number;
  /** MiB of memory, asked for and limited to. */
  readonly memoryMib: number;
  /** Default: the container is taken to be ready once it runs. */
  readonly health?: HostedHealth;
  /** Directories it may write to; empty at each start. Default: none. */
  readonly scratch?: readonly string[];
}

/** A port of another program that this one connects to. */
export interface HostedCall {
  readonly to: Hosted;
  readonly port: number;
}

/** A group that a program's copies stand in beside their own, because something outside the host knows the program by it. */
export interface HostedGroup {
  readonly securityGroupId: pulumi.Input<string>;
  /** TCP ports of the VPC that the copies connect to by it: a database's. */
  readonly ports: readonly number[];
}

/** A target group of type `ip` that every copy is registered with: a load balancer then sends to it, through one of its groups. */
export interface HostedTarget {
  readonly port: number;
  readonly group: aws.lb.TargetGroup;
}

/** A long-running program of the visibility layer, said without naming what it runs on. */
export interface HostedProgram {
  /** DNS label: `graphite-carbon`. */
  readonly name: string;
  /** The first is the program itself; the others stand beside it in the same network namespace. */
  readonly containers: readonly HostedContainer[];
  /** Copies, spread over zones. A program with storage has one volume a copy. */
  readonly replicas: number;
  /** Why one copy is enough where the environment is durable. Default: it is not said. */
  readonly oneCopyBecause?: string;
  /** User and group id of every container; not 0. */
  readonly user: number;
  /**
   * Configuration by absolute path, the same in every container and copy, read-only. A change restarts the program. On ECS the directory of a
   * file holds nothing but files of the program: what the image has there is not seen.
   */
  readonly files: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * ARNs of secrets in Secrets Manager, encrypted with the layer's key, by the absolute path of the file that holds the value; read at start. On
   * EKS the file is in memory, on ECS in a volume that is the task's alone and goes with it.
   */
  readonly secretFiles?: Readonly<Record<string, pulumi.Input<string>>>;
  /** A gp3 volume for each copy, which outlives the copy. Shrinking it is refused; how it grows is in docs/visibility/host.md. */
  readonly storage?: { readonly path: string; readonly gib: number };
  /** What the program's own role may do. Default: nothing but read its files and secrets. */
  readonly statements?: readonly Statement[];
  /** Programs that it connects to. */
  readonly calls?: readonly HostedCall[];
  /** Ports on which its copies connect to each other. Default: they do not. */
  readonly peerPorts?: readonly number[];
  /** Why it must open HTTPS connections to the internet. Those to AWS services that `statements` name are open without a reason. Default: it may not. */
  readonly internetReasons?: readonly string[];
  /** TCP ports that the reasons are for. Default: 443. */
  readonly internetPorts?: readonly number[];
  /** Ports, by number, that something outside the host connects to: tasks, instances, functions, a load balancer. Default: none. */
  readonly published?: readonly number[];
  /** Groups beside its own. Default: none. */
  readonly groups?: readonly HostedGroup[];
  /** Target groups that its copies are registered with. Default: none. */
  readonly targets?: readonly HostedTarget[];
  /** What must exist before the first copy starts. Default: nothing. */
  readonly ready?: readonly pulumi.Resource[];
}

/** A program that a host runs. */
export interface Hosted {
  readonly name: string;
  /** DNS name on which its copies answer together; inside the whole VPC for a published port, else inside the host. */
  readonly address: pulumi.Output<string>;
  /** DNS name of each copy, in order, the same for as long as the program lives. Empty without storage. */
  readonly copies: readonly pulumi.Output<string>[];
  /** Group in front of published ports: what is let in by `allowPassage` to it may connect. Undefined without published ports. */
  readonly securityGroupId: pulumi.Output<string> | undefined;
  /** What must exist before anything connects. */
  readonly ready: readonly pulumi.Resource[];
}

/** What runs the programs of the visibility layer: the EKS cluster where there is one, else instances of the ECS cluster. */
export interface VisibilityHost {
  readonly kind: "eks" | "ecs";
  /** The `copies` that a program with storage will have, for its own configuration: its copies find each other there. */
  copiesOf(program: Pick<HostedProgram, "name" | "replicas">): readonly pulumi.Output<string>[];
  /** Tags that a target group of {@link HostedProgram.targets} must have, or nothing may be registered with it. Default: none. */
  readonly targetTags?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Runs a program. The resources belong to `parent`. */
  run(program: HostedProgram, parent: pulumi.Resource): Hosted;
}
