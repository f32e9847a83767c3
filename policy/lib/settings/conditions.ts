import { notKnown } from "../expect";
import type { Finding } from "../finding";
import { type Reading, read, type Resource, text, type Tri } from "../resource";

/** Whether a text is one of these; undefined when it is not known yet. Absent is none of them. */
export function isAmong(reading: Reading, values: readonly string[]): Tri {
  if (reading.state === "unknown") return undefined;
  return values.includes(text(reading) ?? "");
}

/**
 * What is found only where a condition holds. While that is not known yet, the property that decides it is what is open, and only where there is
 * anything to find.
 */
export function where(condition: Tri, property: string, found: readonly Finding[]): readonly Finding[] {
  if (condition === false || found.length === 0) return [];
  return condition === undefined ? [notKnown(property)] : found;
}

/** What is found where a property that nothing else provides is left out. One that is not known yet may be left out too. */
export function unlessPresent(resource: Resource, property: string, what: string): Finding[] {
  const { state } = read(resource, property);
  if (state === "unknown") return [notKnown(property)];
  return state === "absent" ? [{ what, property }] : [];
}

/** What is found where a property is set that must be left out. One that is not known yet may be left out too. */
export function unlessLeftOut(resource: Resource, property: string, what: string): Finding[] {
  const { state } = read(resource, property);
  if (state === "unknown") return [notKnown(property)];
  return state === "known" ? [{ what, property }] : [];
}
