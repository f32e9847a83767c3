import { type Json } from "../plan/graph";
import { isRecord } from "../plan/simulate/shapes";

/** The value at a path through objects, such as `scalingConfig.maxSize`; undefined where it leads into a list or nowhere. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}
