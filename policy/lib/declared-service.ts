import type { StackGraph } from "./graph";
import type { StackResource } from "./resource";

/** The component that stands for a service: its name is the service's, its inputs are what the service declares, its children what it was built as. */
export const SERVICE_COMPONENT = "strata:service:Service";

/** The declared service a resource was made for; undefined for one that belongs to none. */
export function declaredServiceOf(resource: StackResource, graph: StackGraph): StackResource | undefined {
  for (const ancestor of graph.ancestors(resource)) if (ancestor.type === SERVICE_COMPONENT) return ancestor;
  return undefined;
}
