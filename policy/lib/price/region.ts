import type { StackGraph } from "../graph";
import { read, readPath, type StackResource, text } from "../resource";

const PROVIDER = "pulumi:providers:aws";

/**
 * The region a resource is made in: its own `region`, else its provider's, else what it says it became, else that of every AWS provider of the
 * stack, as for the volumes of Kubernetes. Undefined when it is not known.
 */
export function regionOf(resource: StackResource, graph: StackGraph): string | undefined {
  const own = read(resource, "region");
  if (own.state !== "absent") return text(own);
  const provider = graph.providerOf(resource);
  if (provider?.type === PROVIDER) return text(read(provider, "region"));
  return text(readPath(resource.outputs ?? {}, "region")) ?? graph.once(onlyRegion);
}

/** The region of a stack whose providers agree on one: a resource that shows no provider can be in no other. */
function onlyRegion(graph: StackGraph): string | undefined {
  const regions = new Set(graph.ofType(PROVIDER).map((provider) => text(read(provider, "region"))));
  const [only, ...others] = regions;
  return others.length === 0 ? only : undefined;
}
