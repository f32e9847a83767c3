import { existsSync, readFileSync } from "node:fs";
import type { Fault } from "./fault";
import { messageOf } from "./message";

/** The value of a JSON file; undefined when there is no such file or it is empty, as the engine takes it. */
export function readJsonFile(path: string, shown: string): { value?: unknown; faults: Fault[] } {
  if (!existsSync(path)) return { faults: [] };
  const text = readFileSync(path, "utf8");
  if (text.trim() === "") return { faults: [] };
  try {
    return { value: JSON.parse(text) as unknown, faults: [] };
  } catch (error) {
    return { faults: [{ key: shown, what: `is not JSON: ${messageOf(error)}` }] };
  }
}
