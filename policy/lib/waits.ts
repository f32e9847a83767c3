import type { StackGraph } from "./graph";
import type { StackResource } from "./resource";

/** True when a resource is made after one of the others: it waits for it itself, or for something that does. A component is waited for with all that is in it. */
export function waitsFor(resource: StackResource, others: ReadonlySet<string>, graph: StackGraph): boolean {
  const seen = new Set([resource.urn]);
  const waiting = awaited(resource);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    if (others.has(next)) return true;
    seen.add(next);
    const found = graph.get(next);
    if (found === undefined) continue;
    waiting.push(...awaited(found));
    if (found.provider === undefined) waiting.push(...graph.children(found).map(({ urn }) => urn));
  }
  return false;
}

function awaited({ dependencies, propertyDependencies }: StackResource): string[] {
  return [...dependencies, ...Object.values(propertyDependencies).flat()];
}
