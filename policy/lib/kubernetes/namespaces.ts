import type { Reference, StackGraph } from "../graph";
import { append } from "../multimap";
import { read, readPath, type StackResource, text } from "../resource";

export const NAMESPACE = "kubernetes:core/v1:Namespace";
/** Where an object is that names no namespace. */
export const DEFAULT_NAMESPACE = "default";

const PATH = "metadata.namespace";

/** The namespace of an object: one of the stack, the name of one outside it, or not known. */
export function namespaceOf(object: StackResource, graph: StackGraph): Reference {
  const reading = read(object, PATH);
  const named = reading.state === "absent" ? defaultOf(object, graph) : text(reading);
  if (named !== undefined) {
    const found = graph
      .once(byName)
      .get(named)
      ?.find(({ provider }) => provider === object.provider);
    return found === undefined ? { kind: "external", id: named } : { kind: "resource", resource: found };
  }
  const sources = object.propertyDependencies["metadata"] ?? [];
  const candidates = sources.flatMap((urn) => graph.get(urn) ?? []).filter(({ type }) => type === NAMESPACE);
  const [only] = candidates;
  return only !== undefined && candidates.length === 1
    ? { kind: "resource", resource: only }
    : { kind: "unknown", property: PATH, candidates };
}

/** The name of a namespace; undefined while the provider has not made it yet. */
export function namespaceName(namespace: StackResource): string | undefined {
  return text(read(namespace, "metadata.name")) ?? text(readPath(namespace.outputs ?? {}, "metadata.name"));
}

/** A provider may have a namespace for objects that name none; undefined while it is not known. */
function defaultOf(object: StackResource, graph: StackGraph): string | undefined {
  const provider = graph.providerOf(object);
  if (provider === undefined) return DEFAULT_NAMESPACE;
  const reading = read(provider, "namespace");
  return reading.state === "absent" ? DEFAULT_NAMESPACE : text(reading);
}

/** Two clusters may each have a namespace of one name. */
function byName(graph: StackGraph): ReadonlyMap<string, readonly StackResource[]> {
  const result = new Map<string, StackResource[]>();
  for (const namespace of graph.ofType(NAMESPACE)) {
    const name = namespaceName(namespace);
    if (name !== undefined) append(result, name, namespace);
  }
  return result;
}
