import { type Reference, rootOf, type StackGraph } from "../graph";
import { readAll, type StackResource } from "../resource";
import { SUBNET } from "./subnets";

/**
 * The subnets that a resource names. None of them is certain where more come into question than it names, as before they are made and it has
 * those of one tier of a VPC component that made all tiers.
 */
export function namedSubnets(resource: StackResource, path: string, graph: StackGraph): Reference[] {
  const references = graph.references(resource, path, [SUBNET]);
  const candidates = references.flatMap((reference) => (reference.kind === "resource" ? [reference.resource] : []));
  if (candidates.length <= readAll(resource, path).length) return references;
  return [{ kind: "unknown", property: rootOf(path), candidates }];
}
