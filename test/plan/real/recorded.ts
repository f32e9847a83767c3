import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../harness";

/** What the real engine printed about the foreign program. */
export const RECORDED = {
  state: join(ROOT, "test/recorded/engine/state.json"),
  preview: join(ROOT, "test/recorded/engine/preview.json"),
  previewSame: join(ROOT, "test/recorded/engine/preview-same.json"),
} as const;

export function recorded(name: keyof typeof RECORDED): string {
  return readFileSync(RECORDED[name], "utf8");
}
