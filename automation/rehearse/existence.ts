import { type CloudResource } from "./cloud";

/** What no cloud keeps: such a resource exists only in a stack's state. */
const KEPT_NOWHERE: readonly RegExp[] = [
  // Made by the provider itself; a password has not even an id of its own. Source: random_password of the hashicorp/random provider (2026-11).
  /^random:/,
  // A call that was made; what it did is the function's. Source: lambda.Invocation of @pulumi/aws 7.48 (2026-11-23).
  /^aws:lambda\/invocation:Invocation$/,
];

/** True for a resource that the state has and no cloud. */
export function isOnlyInState(type: string): boolean {
  return KEPT_NOWHERE.some((pattern) => pattern.test(type));
}

/**
 * What else is gone when a resource is deleted, though nobody deletes it: the objects of a Kubernetes cluster, which its control plane keeps.
 * A program names the same in `deletedWith`; what it names there wrongly stays in the cloud. Source: EKS user guide, "Delete a cluster" (2026-11).
 * @param all everything that exists.
 */
export function dependentsOf({ type, outputs }: CloudResource, all: () => readonly CloudResource[]): readonly CloudResource[] {
  if (type !== "aws:eks/cluster:Cluster") return [];
  return all().filter(({ server }) => server !== undefined && server === outputs["endpoint"]);
}
