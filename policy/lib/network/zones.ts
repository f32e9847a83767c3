import type { Reference } from "../graph";
import { read, readPath, type StackResource, text } from "../resource";

/** What tells one zone from another, such as `us-east-1a` or `use1-az1`; undefined when it is not known. A name and an id are not compared. */
export function zoneOf(subnet: StackResource): string | undefined {
  for (const property of ["availabilityZone", "availabilityZoneId"]) {
    const zone = text(read(subnet, property)) ?? text(readPath(subnet.outputs ?? {}, property));
    if (zone !== undefined) return zone;
  }
  return undefined;
}

/** The zone of each subnet that is named; undefined for one that is not known, or not of this stack. */
export function zonesOf(subnets: readonly Reference[]): (string | undefined)[] {
  return subnets.map((subnet) => (subnet.kind === "resource" ? zoneOf(subnet.resource) : undefined));
}
