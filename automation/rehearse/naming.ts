import { withoutAutoname } from "../../facts/kubernetes-autonaming";
import { type Properties } from "../../plan/graph";

/** Where a provider writes down which inputs it filled in itself. Source: `defaultsKey` in pkg/tfbridge of pulumi-terraform-bridge (2026-11). */
export const DEFAULTS = "__defaults";

/** Names of the inputs that the provider filled in. */
export function defaulted(inputs: Properties): readonly string[] {
  const names = inputs[DEFAULTS];
  return Array.isArray(names) ? names.map(String) : [];
}

/** What a program said: inputs without what a provider added to them. */
export function withoutDefaults(inputs: Properties): Properties {
  const added = defaulted(inputs);
  return withoutAutoname(Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== DEFAULTS && !added.includes(key))));
}

/** Inputs with those that the provider fills in, and a note of which they are. */
export function withDefaults(inputs: Properties, added: Properties): Properties {
  const names = Object.keys(added).sort();
  return names.length === 0 ? inputs : { ...inputs, ...added, [DEFAULTS]: names };
}
