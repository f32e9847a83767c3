import { type CloudResource } from "./cloud";

/** What no cloud keeps: such a resource exists only in a stack's state. */
const KEPT_NOWHERE: readonly RegExp[] = [
  // Made by the provider itself; a password has not even an id of its own. Source: random_password of the hashicorp/random provider (2026-11).
  /^random:/,
  // A call that was made; what it did is the function's. Source: lambda.Invocation of @pulumi/aws 7.48 (2026-11-23).
  /^aws:lambda\/invocation:Invocation$/,
];

const OBJECT = /^aws:s3\/bucketObject(v2)?:/;

/** True for a resource that the state has and no cloud. */
export function isOnlyInState(type: string): boolean {
  return KEPT_NOWHERE.some((pattern) => pattern.test(type));
}

/** Objects that a program put into a bucket, also those that no state knows any more. */
export function objectsIn({ type, id }: CloudResource, all: () => readonly CloudResource[]): readonly CloudResource[] {
  return type === "aws:s3/bucket:Bucket" ? all().filter((one) => OBJECT.test(one.type) && one.inputs["bucket"] === id) : [];
}

/**
 * What else is gone when a resource is deleted, though nobody deletes it: the objects of a Kubernetes cluster, which its control plane keeps, and those
 * of a bucket that is emptied by force. A program names the same in `deletedWith`; what it names there wrongly stays in the cloud.
 * Source: EKS user guide, "Delete a cluster"; S3 user guide, "Deleting a general purpose bucket" (2026-11).
 * @param all everything that exists.
 */
export function dependentsOf(resource: CloudResource, all: () => readonly CloudResource[]): readonly CloudResource[] {
  const { type, outputs } = resource;
  if (type !== "aws:eks/cluster:Cluster") return objectsIn(resource, all);
  return all().filter(({ server }) => server !== undefined && server === outputs["endpoint"]);
}
