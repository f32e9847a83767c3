import type { StackGraph } from "../graph";
import { number, read, readAll, type Reading, readPath, type StackResource, text } from "../resource";

/** What a parameter of a database is set to. */
export type Parameter =
  | { readonly state: "set"; readonly value: string }
  /** Nobody sets it. `family`: of the parameter group; absent where none is named. */
  | { readonly state: "default"; readonly family: Reading }
  | { readonly state: "unknown"; readonly why: string };

/** Reads a parameter of the parameter group that a store names under `path`. */
export function parameterOf(store: StackResource, path: string, groupType: string, name: string, graph: StackGraph): Parameter {
  const reference = graph.reference(store, path, [groupType]);
  if (reference === undefined) return { state: "default", family: { state: "absent" } };
  if (reference.kind === "resource") return parameterIn(reference.resource, name);
  if (reference.kind === "unknown") return { state: "unknown", why: `which parameter group ${path} names is not known yet` };
  const family = /^default[.:](.+)$/.exec(reference.id)?.[1];
  return family === undefined
    ? { state: "unknown", why: `the parameter group ${reference.id} is not of this stack` }
    : { state: "default", family: { state: "known", value: family } };
}

function parameterIn(group: StackResource, name: string): Parameter {
  const family = read(group, "family");
  return parameterAmong(readAll(group, "parameters[*]"), "name", "value", name, group.name) ?? { state: "default", family };
}

/** The parameter of that name in a list; undefined when the list has none. */
export function parameterAmong(list: readonly Reading[], key: string, value: string, name: string, holder: string): Parameter | undefined {
  let open = false;
  for (const entry of list) {
    const found = entry.state === "known" ? readPath(entry.value, key) : entry;
    if (found.state === "unknown") open = true;
    if (entry.state === "known" && text(found)?.toLowerCase() === name) return valueOf(readPath(entry.value, value), name, holder);
  }
  return open ? { state: "unknown", why: `whether ${holder} sets ${name} is not known yet` } : undefined;
}

function valueOf(reading: Reading, name: string, holder: string): Parameter {
  const value = text(reading) ?? number(reading)?.toString() ?? booleanText(reading);
  return value === undefined ? { state: "unknown", why: `what ${holder} sets ${name} to is not known yet` } : { state: "set", value };
}

function booleanText(reading: Reading): string | undefined {
  return reading.state === "known" && typeof reading.value === "boolean" ? String(reading.value) : undefined;
}
