import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";

/**
 * Name of the snapshot that is taken when a store is deleted. It must never have been used before, or the deletion fails when it is needed
 * most: the security group's id is new with every life of the store, the hash with every change that replaces the store inside one life.
 * @param replacing everything whose change replaces the store.
 */
export function finalSnapshotName(
  name: string,
  securityGroupId: pulumi.Input<string>,
  replacing: readonly pulumi.Input<unknown>[],
): pulumi.Output<string> {
  return pulumi.all([securityGroupId, pulumi.all([...replacing])]).apply(([groupId, values]) => {
    const hash = createHash("sha256").update(JSON.stringify(values)).digest("hex");
    return `${name}-final-${groupId}-${hash.slice(0, 8)}`;
  });
}
