import type { RuleConfig } from "../rule";

/**
 * What follows from the settings of a rule, computed once for all resources, an error too.
 * The SDK hands out a new object each time, with the same values until the engine sets others.
 */
export function oncePerSettings<T>(compute: (config: RuleConfig) => T): (config: RuleConfig) => T {
  let last: { readonly config: RuleConfig; readonly result: () => T } | undefined;
  return (config) => {
    if (last === undefined || !isSame(last.config, config)) last = { config, result: outcome(() => compute(config)) };
    return last.result();
  };
}

function outcome<T>(compute: () => T): () => T {
  try {
    const result = compute();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function isSame(left: RuleConfig, right: RuleConfig): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}
