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
