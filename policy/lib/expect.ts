import type { Finding } from "./finding";
import { elements, type Json, read, readFlag, type Resource, some, type Tri } from "./resource";

/** What a rule wants of one setting. */
export interface Expectation {
  /** Whether a value that is there is right. Default: every value is. */
  readonly accepts?: (value: Json) => boolean;
  /** What leaving it out means: the default of AWS is wrong, or it is right. */
  readonly absent: "wrong" | "fine";
  /** What is wrong, to be read after the name of the resource and a colon: what it does, not what it should do. */
  readonly what: string;
}

/** What is found where a setting is not as a rule wants it; nothing where it is. */
export function unless(resource: Resource, property: string, { accepts = () => true, absent, what }: Expectation): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const right = reading.state === "absent" ? absent === "fine" : accepts(reading.value);
  return right ? [] : [{ what, property }];
}

/** What is found where a flag is off; absent reads as the default of the provider. */
export function unlessOn(resource: Resource, property: string, byDefault: boolean, what: string): Finding[] {
  const on = readFlag(resource, property, byDefault);
  if (on === undefined) return [notKnown(property)];
  return on ? [] : [{ what, property }];
}

/** What is found where a flag is on; absent reads as the default of the provider. */
export function unlessOff(resource: Resource, property: string, byDefault: boolean, what: string): Finding[] {
  const on = readFlag(resource, property, byDefault);
  if (on === undefined) return [notKnown(property)];
  return on ? [{ what, property }] : [];
}

/** A property that only becomes known later. */
export function notKnown(property: string): Finding {
  return { what: `${property} is not known yet`, property, unknown: true };
}

/** What is found where none of several flags is on; an absent one is off. */
export function unlessAnyOn(resource: Resource, properties: readonly string[], what: string): Finding[] {
  const [first = ""] = properties;
  const on = some(properties.map((property) => readFlag(resource, property, false)));
  if (on === undefined) return [notKnown(properties.find((property) => readFlag(resource, property, false) === undefined) ?? first)];
  return on ? [] : [{ what, property: first }];
}

/** What is found for each value that a list of texts lacks; an absent list is empty. */
export function unlessListed(
  resource: Resource,
  property: string,
  wanted: readonly string[],
  what: (lacking: string) => string,
): Finding[] {
  const listed = elements(read(resource, property));
  const lacking = wanted.map((value): [string, Tri] => [
    value,
    some(listed.map((element) => (element.state === "unknown" ? undefined : element.state === "known" && element.value === value))),
  ]);
  const certain = lacking.filter(([, holds]) => holds === false).map(([value]) => value);
  if (certain.length > 0) return [{ what: what(certain.join(", ")), property }];
  return lacking.some(([, holds]) => holds === undefined) ? [notKnown(property)] : [];
}
