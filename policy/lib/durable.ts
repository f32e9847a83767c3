import { z } from "zod";
import type { StackGraph } from "./graph";
import { every, read, readFlag, type StackResource, type Tri } from "./resource";

/** The setting by which a rule about durable environments is told what to take a stack for that does not say it. */
export const DURABLE_CONFIG = {
  durable: z
    .boolean()
    .default(true)
    .describe("Whether a resource is durable that no enclosing component says it of, as in a stack of another project."),
} as const;

/**
 * Whether a resource is taken down with all that is around it, as it or a component around it declares by `decommissioning`: then a deletion is no
 * mistake. What is not known yet counts as no.
 */
export function isDecommissioned(resource: StackResource, graph: StackGraph): boolean {
  return [resource, ...graph.ancestors(resource)].some((component) => readFlag(component, "decommissioning", false) === true);
}

/** Whether what a resource holds must outlive accidents: what it and the components around it declare as `durable`, else the default. */
export function isDurable(resource: StackResource, graph: StackGraph, byDefault: boolean): Tri {
  const declaring = [resource, ...graph.ancestors(resource)].filter((component) => read(component, "durable").state !== "absent");
  return declaring.length === 0 ? byDefault : every(declaring.map((component) => readFlag(component, "durable", byDefault)));
}
