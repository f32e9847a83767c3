import type { Reference, StackGraph } from "../graph";
import type { StackResource, Tri } from "../resource";
import { GROUP_TYPES } from "./groups";
import type { Listens } from "./listens";
import { type Subnet, SUBNET } from "./subnets";

/** How to find, in a resource of one type, where it stands in the network. */
export interface EndpointKind {
  readonly types: readonly string[];
  /** It keeps data. */
  readonly store: boolean;
  /** It opens connections to others by itself. */
  readonly initiates: boolean;
  /** What guards it when it names no group: the default group of its VPC, or nothing. Default: `default`. */
  readonly ungrouped?: "default" | "open";
  /** False for a resource that has no place in the network, such as a function outside the VPC. */
  readonly applies?: (resource: StackResource) => boolean;
  readonly groups: (resource: StackResource, graph: StackGraph) => Reference[];
  readonly subnets: (resource: StackResource, graph: StackGraph) => Reference[];
  readonly listens: (resource: StackResource, graph: StackGraph) => Listens;
  /** It has an address of the internet. */
  readonly publicAddress: (resource: StackResource, graph: StackGraph, subnets: readonly Subnet[]) => Tri;
  /** A person knows it by the name of the component it is part of. Default: true for a store. */
  readonly namedByComponent?: boolean;
  /** AWS answers for it on the internet, past its groups and subnets. Default: false. */
  readonly publicService?: (resource: StackResource) => Tri;
}

/** Groups named at these paths. */
export function groupsAt(...paths: readonly string[]): EndpointKind["groups"] {
  return (resource, graph) => paths.flatMap((path) => graph.references(resource, path, GROUP_TYPES));
}

/** Subnets named at these paths. */
export function subnetsAt(...paths: readonly string[]): EndpointKind["subnets"] {
  return (resource, graph) => paths.flatMap((path) => graph.references(resource, path, [SUBNET]));
}
