import { type PlannedResource } from "./graph";
import { typeOf } from "./urn";

const COMPONENT = /^strata:([a-z]+):/;

/** Resources that belong to no layer: the stack, its providers, the platform's own component. */
export const PLATFORM = "platform";

/** Layer of a resource: that of the nearest component around it, read off its token `strata:<layer>:<Class>`. */
export function layerOf(resource: PlannedResource): string {
  const layer = resource.component ? COMPONENT.exec(typeOf(resource.component))?.[1] : undefined;
  return layer === undefined || layer === "stacks" ? PLATFORM : layer;
}
