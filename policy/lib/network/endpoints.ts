import { declaredServiceOf } from "../declared-service";
import type { Reference, StackGraph } from "../graph";
import type { StackResource, Tri } from "../resource";
import { cidr } from "./addresses";
import { type Doubt, type Group, Groups, keyOf } from "./groups";
import { EKS_CLUSTER } from "./eks";
import type { EndpointKind } from "./endpoint-kind";
import { ENDPOINT_KINDS } from "./kinds";
import type { Listens } from "./listens";
import { type Subnet, Subnets } from "./subnets";

/** Something with an address in a VPC. */
export interface Endpoint {
  readonly resource: StackResource;
  /** What a person calls it: its service, its store component, or its resource. */
  readonly name: string;
  readonly store: boolean;
  readonly initiates: boolean;
  readonly groups: readonly Group[];
  readonly groupKeys: ReadonlySet<string>;
  readonly subnets: readonly Subnet[];
  readonly listens: Listens;
  readonly publicAddress: Tri;
  /** See `EndpointKind.publicService`. */
  readonly publicService: Tri;
  /** What makes more of it possible than can be told, whichever way the traffic goes. */
  readonly doubts: readonly Doubt[];
}

/** Every endpoint of a stack. */
export function endpointsOf(graph: StackGraph, groups: Groups, subnets: Subnets): Endpoint[] {
  return ENDPOINT_KINDS.flatMap((kind) =>
    graph
      .ofType(...kind.types)
      .filter((resource) => kind.applies?.(resource) ?? true)
      .map((resource) => endpoint(resource, kind, graph, groups, subnets)),
  );
}

function endpoint(resource: StackResource, kind: EndpointKind, graph: StackGraph, groups: Groups, subnets: Subnets): Endpoint {
  const placed = unique(kind.subnets(resource, graph).flatMap((reference) => subnets.get(reference)));
  const doubts: Doubt[] = [...groups.strayDoubts];
  const guards = guardsOf(kind.groups(resource, graph), groups, resource, doubts);
  const vpc = placed[0]?.vpc;
  if (guards.length === 0 && doubts.length === groups.strayDoubts.length) {
    if (kind.ungrouped === "open") guards.push(openGroup(resource.urn));
    else if (vpc !== undefined) guards.push(groups.defaultOf(vpc));
    else
      doubts.push({
        urn: resource.urn,
        property: "securityGroups",
        why: "it uses the default security group of a VPC that is not in the stack",
      });
  }
  return {
    resource,
    name: nameOf(resource, kind, graph),
    store: kind.store,
    initiates: kind.initiates,
    groups: guards,
    groupKeys: new Set(guards.map(({ key }) => key)),
    subnets: placed,
    listens: kind.listens(resource, graph),
    publicAddress: kind.publicAddress(resource, graph, placed),
    publicService: kind.publicService === undefined ? false : kind.publicService(resource),
    doubts,
  };
}

/** The groups that guard an endpoint. One that is not known, or is managed elsewhere, leaves a doubt. */
function guardsOf(references: readonly Reference[], groups: Groups, resource: StackResource, doubts: Doubt[]): Group[] {
  const result: Group[] = [];
  for (const reference of references) {
    const key = keyOf(reference);
    if (reference.kind === "external") {
      doubts.push({ urn: resource.urn, property: "securityGroups", why: `its security group ${reference.id} is not in the stack` });
    } else if (reference.kind === "unknown") {
      doubts.push({ urn: resource.urn, property: reference.property, why: "its security groups are not known yet" });
    } else if (reference.resource.type === EKS_CLUSTER) groups.ofCluster(reference.resource.urn);
    if (key !== undefined) result.push(groups.get(key));
  }
  return result;
}

/** What stands for having no group at all: everything goes in and out. */
function openGroup(urn: string): Group {
  const all = { protocol: "-1", from: 0, to: 65_535, rule: urn };
  const permits = ["0.0.0.0/0", "::/0"].map((block) => ({ ...all, peer: { kind: "cidr" as const, cidr: cidr(block) } }));
  return { key: `${urn}#open`, ingress: permits, egress: permits, ingressDoubts: [], egressDoubts: [] };
}

function nameOf(resource: StackResource, { store, namedByComponent = store }: EndpointKind, graph: StackGraph): string {
  const service = declaredServiceOf(resource, graph);
  if (service !== undefined) return service.name;
  if (!namedByComponent) return resource.name;
  for (const ancestor of graph.ancestors(resource)) if (ancestor.type.startsWith("strata:")) return ancestor.name;
  return resource.name;
}

function unique(subnets: readonly Subnet[]): Subnet[] {
  return [...new Map(subnets.map((subnet) => [subnet.key, subnet])).values()];
}
