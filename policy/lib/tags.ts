import { parseJson } from "./json";
import { type Properties, type Reading, readPath } from "./resource";

/** The tags that a provider gives everything. A program gives a provider's settings as JSON texts. */
export function defaultTags(providerInputs: Properties): Reading {
  const reading = readPath(providerInputs, "defaultTags");
  if (reading.state !== "known") return reading;
  const parsed = parseJson(reading.value);
  return parsed instanceof Error ? { state: "unknown" } : readPath(parsed, "tags");
}
