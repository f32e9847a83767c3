import { COMMON_ADMINISTRATORS } from "../../../facts/database-names";
import { notKnown } from "../expect";
import type { Finding } from "../finding";
import { read, type StackResource, text } from "../resource";
import { asItsSource, sourceOf } from "./store-rule";

/** What is found where the administrator of a store has a name that everybody tries first; `byDefault` is what AWS calls it, where it does. */
export function commonAdministrator(store: StackResource, property: string, byDefault?: string): Finding[] {
  const reading = read(store, property);
  const source = sourceOf(store);
  if (reading.state === "absent" && byDefault === undefined && source !== undefined) return asItsSource(source, "its name is that of");
  const name = reading.state === "absent" ? byDefault : text(reading);
  if (name === undefined) return [notKnown(property)];
  const isCommon = COMMON_ADMINISTRATORS.names.some((common) => common === name.toLowerCase());
  return isCommon ? [{ what: `${property} is ${name}`, property }] : [];
}
