import { expandVpc } from "./awsx-vpc";
import { expandCluster } from "./eks-cluster";
import { expandManagedNodeGroup } from "./eks-managed-node-group";
import type { Expand } from "./expansion";

/** The remote components whose children the plan knows, by type token. */
export const EXPANSIONS: Readonly<Record<string, Expand>> = {
  "awsx:ec2:Vpc": expandVpc,
  "eks:index:Cluster": expandCluster,
  "eks:index:ManagedNodeGroup": expandManagedNodeGroup,
};

/**
 * Components that read all their outputs off one promise, so that each output waits for whatever any other's ids come from:
 * what only needs the VPC's id waits for its subnets too. Seen in the states of real runs. Source: awsx/ec2/vpc.ts of pulumi-awsx 3.9.
 */
export const WITH_OUTPUTS_OF_ONE_PROMISE: ReadonlySet<string> = new Set(["awsx:ec2:Vpc"]);
