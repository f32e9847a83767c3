import { declaredServiceOf } from "../../../policy/lib/declared-service";
import { type StackGraph } from "../../../policy/lib/graph";
import { INTERNET } from "../../../policy/lib/reachability";
import { type PlanDocument } from "../../plan-schema";
import { REGIONAL_STORES, SHARED_STORES } from "./kinds";
import { type PictureEdge, type PictureNode } from "./picture";

const API_ROUTE = "aws:apigatewayv2/route:Route";
const API = "aws:apigatewayv2/api:Api";

type Node = Pick<PictureNode, "id" | "kind">;
type Binding = PlanDocument["services"][number]["bindings"][number];

/** Edges by their two ends: what the network lets through and what was asked for are one line. */
class Edges {
  private readonly found = new Map<string, { from: string; to: string; ports: Set<number>; access: Set<string> }>();

  add(from: string, to: string, { port, access }: { readonly port?: number; readonly access?: string }): void {
    const key = JSON.stringify([from, to]);
    const edge = this.found.get(key) ?? { from, to, ports: new Set<number>(), access: new Set<string>() };
    if (port !== undefined) edge.ports.add(port);
    if (access !== undefined) edge.access.add(access);
    this.found.set(key, edge);
  }

  list(isProgram: (id: string) => boolean): PictureEdge[] {
    return [...this.found.values()].map(({ from, to, ports, access }) => ({
      from,
      to,
      ports: [...ports].sort((left, right) => left - right),
      ...(access.size > 0 && { access: [...access] }),
      telemetry: isProgram(from) || isProgram(to),
    }));
  }
}

/** Who reaches whom among what is drawn: by the network, by what services are bound to, and by the routes of the HTTP API. */
export function edgesOf(document: PlanDocument, graph: StackGraph, nodes: readonly Node[]): PictureEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = new Edges();
  // A way out is written on the node: a line from nearly every service to the internet would hide the others.
  const drawn = document.reachability.filter(({ from, to }) => from !== to && to !== INTERNET && byId.has(from) && byId.has(to));
  const open = new Set(drawn.flatMap(({ from, to, port }) => (from === INTERNET ? [`${to} ${port}`] : [])));
  const outbound = new Set(document.reachability.flatMap(({ from, to, port }) => (to === INTERNET ? [`${from} ${port}`] : [])));
  for (const { from, to, port } of drawn) {
    // Who gets out reaches what is open to everybody, as everybody does.
    const asEverybody = from !== INTERNET && open.has(`${to} ${port}`) && outbound.has(`${from} ${port}`);
    if (!asEverybody) edges.add(from, to, { port });
  }
  const shared = sharedStores(graph);
  for (const { name, bindings } of document.services)
    for (const binding of bindings) {
      const to = storeOf(binding, byId, shared);
      if (to !== undefined && to !== name) edges.add(name, to, { access: binding.access });
    }
  for (const { name } of graph.ofType(API)) edges.add(INTERNET, `api/${name}`, { access: "https" });
  for (const route of graph.ofType(API_ROUTE)) {
    const service = declaredServiceOf(route, graph);
    const [api] = graph.references(route, "apiId", [API]);
    if (service !== undefined && api?.kind === "resource") edges.add(`api/${api.resource.name}`, service.name, { access: "invoke" });
  }
  return edges.list((id) => byId.get(id)?.kind === "program");
}

/** The name of the store that all services share, by kind of binding. */
function sharedStores(graph: StackGraph): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(SHARED_STORES).flatMap(([kind, prefix]) => {
      const store = graph.resources.find(
        ({ type }) => type.startsWith(prefix) && /:(Cluster|Broker|ReplicationGroup|ServerlessCluster)$/.test(type),
      );
      const component = store?.parent === undefined ? undefined : graph.get(store.parent);
      return store === undefined ? [] : [[kind, component?.name ?? store.name] as const];
    }),
  );
}

/** The node a binding is to: a service by its name, a store of its own by its kind, one in a VPC by the name of its component. */
function storeOf({ kind, to }: Binding, byId: ReadonlyMap<string, Node>, shared: ReadonlyMap<string, string>): string | undefined {
  const candidates =
    kind === "service" ? [to] : kind in REGIONAL_STORES ? [`${kind}/${to}`] : [shared.get(kind), `${to}-warehouse`, `${to}-db`];
  return candidates.find((id) => id !== undefined && byId.has(id));
}
