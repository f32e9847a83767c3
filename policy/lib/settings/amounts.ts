import { notKnown } from "../expect";
import type { Finding } from "../finding";
import { type Reading, read, type Resource, text } from "../resource";

/** A range, both ends included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The number of a reading, also with a fraction and as a text; undefined when it is absent or unknown, NaN when it is no number. */
export function amount(reading: Reading): number | undefined {
  if (reading.state !== "known") return undefined;
  const { value } = reading;
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
}

/** What is found where a number is outside of what AWS takes. Absent is fine: AWS has a default for it. */
export function unlessWithin(resource: Resource, property: string, { least, most }: Range, unit = ""): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "absent") return [];
  const found = amount(reading);
  if (found === undefined) return [notKnown(property)];
  if (found >= least && found <= most) return [];
  const what = Number.isNaN(found) ? "is no number" : `is ${found}`;
  return [{ what: `${property} ${what}; it can be ${least} to ${most}${unit === "" ? "" : ` ${unit}`}`, property }];
}

/** What is found where a value is none of those that AWS takes. Absent is fine: AWS has a default for it. */
export function unlessOneOf(resource: Resource, property: string, values: readonly (string | number)[]): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "absent") return [];
  if (reading.state === "unknown") return [notKnown(property)];
  const { value } = reading;
  const right = values.some((one) => one === value || (typeof one === "number" && one === amount(reading)));
  return right ? [] : [{ what: `${property} is ${JSON.stringify(value)}; it can be ${values.join(", ")}`, property }];
}

/** What is found where a text does not look as AWS wants it. Absent is fine. */
export function unlessLike(resource: Resource, property: string, fits: (value: string) => boolean, wanted: string): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "absent") return [];
  if (reading.state === "unknown") return [notKnown(property)];
  const value = text(reading);
  return value !== undefined && fits(value)
    ? []
    : [{ what: `${property} is ${JSON.stringify(reading.value)}; it must be ${wanted}`, property }];
}

/** What is found in each element of a list, which is looked at by its path. */
export function inEach(resource: Resource, list: string, look: (path: string, index: number) => readonly Finding[]): Finding[] {
  const reading = read(resource, list);
  if (reading.state === "absent") return [];
  if (reading.state === "unknown") return [notKnown(list)];
  return Array.isArray(reading.value) ? reading.value.flatMap((_, index) => look(`${list}[${index}]`, index)) : [];
}

/** True where a property is there, known or not. */
export function isSet(resource: Resource, property: string): boolean {
  return read(resource, property).state !== "absent";
}
