import { type PlannedResource } from "./graph";

/** True for values of JSON that are the same; an absent property is not one that is null. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one))
    return Array.isArray(other) && one.length === other.length && one.every((value, index) => isSame(value, other[index]));
  if (Array.isArray(other)) return false;
  const keys = Object.keys(one);
  // Keys in another order make another document.
  const others = Object.keys(other);
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSame(one[key as keyof typeof one], other[key as keyof typeof other]))
  );
}

/** Resources of a plan, each that stayed the same as the very object that it was in the plan before. */
export function takenOver(resources: readonly PlannedResource[], before: readonly PlannedResource[]): PlannedResource[] {
  const known = new Map(before.map((resource) => [resource.urn, resource]));
  return resources.map((resource) => {
    const former = known.get(resource.urn);
    return former && isSame(resource, former) ? former : resource;
  });
}
