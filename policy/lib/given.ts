import type { Finding } from "./finding";
import { notKnown } from "./expect";
import { read, type Reading, type StackResource, type Tri } from "./resource";

/**
 * Whether a property has a value, whatever it is. One that is not known yet has one when it comes from another resource: the ARN of
 * a queue that is about to be made, for example. Undefined when what it stands in is not known.
 */
export function isGiven(resource: StackResource, path: string): Tri {
  const reading = read(resource, path);
  if (reading.state !== "unknown") return isSomething(reading);
  const parent = path.lastIndexOf(".");
  if (parent >= 0 && read(resource, path.slice(0, parent)).state === "unknown") return undefined;
  const [root = path] = path.split(/[.[]/);
  return (resource.propertyDependencies[root] ?? []).length > 0 ? true : undefined;
}

/** What is found where a property has no value. */
export function unlessGiven(resource: StackResource, property: string, what: string): Finding[] {
  const given = isGiven(resource, property);
  if (given === undefined) return [notKnown(property)];
  return given ? [] : [{ what, property }];
}

/** An empty text is nothing. */
function isSomething(reading: Reading): boolean {
  return reading.state === "known" && reading.value !== "";
}
