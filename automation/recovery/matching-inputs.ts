import { type Json } from "../../plan/graph";
import { isRecord } from "../../plan/simulate/shapes";

/** Key that marks a value that is no plain one: a secret, a file. Source: `SigKey` in sdk/go/common/resource/properties.go of pulumi 3.260 (2026-11-26). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** Whether what the cloud has could be what a state records: a secret or a file in the state could be anything. */
export function couldBe(recorded: Json | undefined, actual: Json | undefined): boolean {
  if (isRecord(recorded) && SIGNATURE in recorded) return actual !== undefined;
  if (Array.isArray(recorded))
    return Array.isArray(actual) && recorded.length === actual.length && recorded.every((item, index) => couldBe(item, actual[index]));
  if (!isRecord(recorded)) return recorded === actual;
  if (!isRecord(actual)) return false;
  return [...new Set([...Object.keys(recorded), ...Object.keys(actual)])].every((key) => couldBe(recorded[key], actual[key]));
}
