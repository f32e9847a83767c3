import { TARGET_TABLE } from "../../../components/compute/placement/targets";
import { StackGraph } from "../../../policy/lib/graph";
import { append } from "../../../policy/lib/multimap";
import { type Endpoint } from "../../../policy/lib/network/endpoints";
import { analyse, INTERNET } from "../../../policy/lib/reachability";
import { layerOf } from "../../layers";
import { type PlanDocument } from "../../plan-schema";
import { type PlannedResource } from "../../graph";
import { edgesOf } from "./edges";
import { REGIONAL_STORES, storeKindOf } from "./kinds";
import { type NetworkSketch, networkOf, REGION } from "./network";
import { type NodeKind, type PictureGroup, type PictureNode, type Sketch } from "./picture";

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const HTTP_API = "aws:apigatewayv2/api:Api";
const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const HOSTS = ["aws:autoscaling/group:Group", "aws:eks/cluster:Cluster"];
const VISIBILITY = "Visibility";
const ENTRY = "Entry";

/** How a program of the visibility layer runs, by what gives it its place in the network. */
const PROGRAMS: Readonly<Record<string, string>> = {
  [LOAD_BALANCER]: "Load balancer",
  "aws:ecs/service:Service": "Tasks on ECS",
  "aws:lambda/function:Function": "Lambda",
  "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy": "Pods on EKS",
};

/** Where services stand together: those of a place that differ only in how long they run are one group. */
const PLACES: Readonly<Record<string, string>> = { "fargate-job": "Fargate", "eks-stateful": "EKS" };

/** A node before its ports and its ways out are known. */
type Draft = Omit<PictureNode, "group" | "ports" | "outbound"> & { readonly place?: string; readonly parent?: string };

/** The resources of a plan as rules see them. */
function graphOf({ resources }: PlanDocument): StackGraph {
  return new StackGraph(resources);
}

/** What an environment is made of, by where it stands, and who reaches whom: everything that a picture shows but its places on paper. */
export function sketchOf(document: PlanDocument): Sketch {
  const graph = graphOf(document);
  const network = networkOf(graph, document.region);
  const endpoints = analyse(graph).endpoints;
  const byName = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) append(byName, endpoint.name, endpoint);
  const services = new Set(document.services.map(({ name }) => name));
  const programs = [...byName].flatMap(([name, all]) => (services.has(name) ? [] : (draftOf(name, all, network) ?? [])));
  const drafts = [
    { id: INTERNET, name: "Internet", kind: "internet" as const, what: "everybody", zones: [] },
    ...graph.ofType(HTTP_API).map(({ name }) => regional(`api/${name}`, name, { kind: "entry", what: "HTTP API", place: ENTRY })),
    ...document.services.map(({ name, target }) => serviceDraft(name, target, byName.get(name) ?? [], network)),
    ...programs,
    ...regionalStores(document),
  ];
  const edges = edgesOf(document, graph, drafts);
  const nodes = finished(drafts, document.reachability);
  const groups = [...network.groups, ...placeGroups(drafts)];
  const drawn = new Set(drafts.map(({ id }) => id));
  return { zones: network.zones, groups, nodes, edges, subnets: network.subnets, left: leftOut([...byName.values()], drawn) };
}

function serviceDraft(
  name: string,
  target: PlanDocument["services"][number]["target"],
  endpoints: readonly Endpoint[],
  network: NetworkSketch,
): Draft {
  const own = endpoints.find(({ resource }) => resource.type !== LOAD_BALANCER) ?? endpoints[0];
  const { name: what } = TARGET_TABLE[target];
  return { id: name, name, kind: "service", what, ...placed(PLACES[target] ?? what, own, network) };
}

/** A store, a balancer or a program; undefined for what stands for others: endpoints of AWS, hosts, functions of the platform. */
function draftOf(name: string, [first]: readonly Endpoint[], network: NetworkSketch): Draft | undefined {
  if (first === undefined) return undefined;
  const { resource, store } = first;
  if (store) {
    const { kind, what, place } = storeKindOf(resource);
    return { id: name, name, kind, what, ...placed(place, first, network) };
  }
  if (resource.type === VPC_ENDPOINT || HOSTS.includes(resource.type)) return undefined;
  const visibility = layerOf(resource as PlannedResource) === "visibility";
  if (!visibility && resource.type !== LOAD_BALANCER) return undefined;
  const kind: NodeKind = visibility ? "program" : "entry";
  return { id: name, name, kind, what: PROGRAMS[resource.type] ?? "Program", ...placed(visibility ? VISIBILITY : ENTRY, first, network) };
}

/** The tier and the zones of an endpoint; the region for what stands in no VPC. */
function placed(place: string, endpoint: Endpoint | undefined, network: NetworkSketch): Pick<Draft, "place" | "parent" | "zones"> {
  const at = endpoint && network.placeOf(endpoint.subnets);
  return { place, parent: at?.tier ?? REGION, zones: at?.zones ?? [] };
}

function regional(
  id: string,
  name: string,
  { kind, what, place }: { readonly kind: NodeKind; readonly what: string; readonly place: string },
): Draft {
  return { id, name, kind, what, place, parent: REGION, zones: [] };
}

function regionalStores({ services }: PlanDocument): Draft[] {
  const found = new Map<string, Draft>();
  for (const { bindings } of services)
    for (const { kind, to } of bindings) {
      const store = REGIONAL_STORES[kind];
      if (store !== undefined) found.set(`${kind}/${to}`, regional(`${kind}/${to}`, to, store));
    }
  return [...found.values()];
}

function groupId({ parent, place }: Draft): string | undefined {
  return parent === undefined || place === undefined ? undefined : `${parent}/${place}`;
}

function placeGroups(drafts: readonly Draft[]): PictureGroup[] {
  const groups = new Map<string, PictureGroup>();
  for (const draft of drafts) {
    const id = groupId(draft);
    if (id !== undefined && draft.place !== undefined) groups.set(id, { id, parent: draft.parent, kind: "place", label: draft.place });
  }
  return [...groups.values()];
}

/** Ports by the name at one end of who reaches whom. */
function portsBy(pairs: PlanDocument["reachability"], end: "from" | "to"): (name: string) => number[] {
  const found = new Map<string, Set<number>>();
  for (const pair of pairs) found.set(pair[end], (found.get(pair[end]) ?? new Set()).add(pair.port));
  return (name) => [...(found.get(name) ?? [])].sort((left, right) => left - right);
}

/** Drafts with their groups, the ports they are reached on and their ways out. */
function finished(drafts: readonly Draft[], reachability: PlanDocument["reachability"]): PictureNode[] {
  const reached = portsBy(reachability, "to");
  const outbound = portsBy(
    reachability.filter(({ to }) => to === INTERNET),
    "from",
  );
  return drafts.map((draft) => {
    const { id, name, kind, what, zones } = draft;
    const group = groupId(draft);
    const ports = kind === "internet" ? [] : reached(id);
    return { id, name, kind, what, ...(group !== undefined && { group }), zones, ports, outbound: outbound(id) };
  });
}

/** What has a place in the network and is not drawn; it is in the table of who reaches whom. */
function leftOut(endpoints: readonly (readonly Endpoint[])[], drawn: ReadonlySet<string>): Sketch["left"] {
  const counts = new Map<string, number>();
  for (const [first] of endpoints) {
    if (first === undefined || drawn.has(first.name)) continue;
    const { type } = first.resource;
    const what =
      type === VPC_ENDPOINT
        ? "interface endpoints of AWS services"
        : HOSTS.includes(type)
          ? "clusters of hosts"
          : "functions of the platform";
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => ({ what, count }));
}
