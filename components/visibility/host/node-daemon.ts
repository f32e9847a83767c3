import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../../iam";
import { type Side } from "../../network/passage";
import { type Endpoint } from "../metrics/metrics-store";
import { type HostedCall, type HostedHealth, type HostedPort } from "./host";

/** A directory of the node that a daemon may read, such as `/proc`. */
export interface NodePath {
  readonly hostPath: string;
  readonly containerPath: string;
}

/** Somewhere outside the host that a daemon connects to. */
export interface NodeEndpoint extends Endpoint {
  /** Default: `tcp`. */
  readonly protocol?: "tcp" | "udp";
}

/**
 * An agent that looks after the node it runs on, once on every node of the EKS cluster or every instance of the ECS cluster. Its root file
 * system is read-only, but it may ask for what no other program gets: capabilities, the node's processes, network and directories.
 */
export interface NodeDaemon {
  /** DNS label: `netdata`. */
  readonly name: string;
  /** Image with its tag, built for the instruction set of every node. */
  readonly image: string;
  /** Entry point. Default: the image's own. */
  readonly command?: readonly string[];
  /** Arguments of the entry point. Default: the image's own. */
  readonly args?: readonly string[];
  /** Environment variables; never a secret, which comes as a file. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Environment variable that holds the node's name in Kubernetes, for a daemon without the node's network; with it, the host name says the
   * same. Without effect on ECS, which tells a container nothing of the kind. Default: none.
   */
  readonly nodeNameVariable?: string;
  /** User id it starts as. Default: 0, root with no more capabilities than `capabilities`. */
  readonly user?: number;
  /** Configuration by absolute path, read-only. A change restarts the daemon, node by node. */
  readonly files: Readonly<Record<string, pulumi.Input<string>>>;
  /** ARNs of secrets in Secrets Manager by the absolute path of the file that holds the value; read at start, kept in memory. Default: none. */
  readonly secretFiles?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Thousandths of a vCPU, taken of every node. */
  readonly cpu: number;
  /** MiB of memory, taken of every node and limited to. */
  readonly memoryMib: number;
  /** Linux capabilities without `CAP_`: `SYS_PTRACE`. All others are dropped. */
  readonly capabilities: readonly string[];
  /** True shows it the node's processes. */
  readonly hostPid: boolean;
  /** True gives it the node's network and its ports. */
  readonly hostNetwork: boolean;
  /** Directories of the node that it reads. */
  readonly hostPaths: readonly NodePath[];
  /** Directories it may write to; empty at each start. */
  readonly scratch: readonly string[];
  /** Directory that the node keeps for it from one start to the next, such as how far it has read. Gone with the node. Default: none. */
  readonly kept?: string;
  /** Ports, each also taken on the node's own address, so that what runs on a node finds the daemon there. */
  readonly ports: readonly HostedPort[];
  /** Default: it is taken to be ready once it runs. */
  readonly health?: HostedHealth;
  /** What the daemon's own role may do. Default: nothing but read its secrets. */
  readonly statements?: readonly Statement[];
  /** Programs of a host that it connects to. */
  readonly calls: readonly HostedCall[];
  /** Other places that it connects to. */
  readonly endpoints: readonly NodeEndpoint[];
  /** Why it must open HTTPS connections to the internet or to AWS's public endpoints. Default: it may not. */
  readonly internetReasons?: readonly string[];
}

/** A daemon that runs on every node. */
export interface RunningDaemon {
  /** Groups that its connections come from, and that its ports stand behind: what is let in by `allowPassage` to each may connect. */
  readonly nodes: readonly Side[];
  /** What must exist before it runs. */
  readonly ready: readonly pulumi.Resource[];
}

/** What runs one daemon on every node: of the EKS cluster, or of the ECS cluster. An environment with both has one of each. */
export interface NodeDaemons {
  readonly kind: "eks" | "ecs";
  /** Runs a daemon. The resources belong to `parent`. */
  run(daemon: NodeDaemon, parent: pulumi.Resource): RunningDaemon;
}
