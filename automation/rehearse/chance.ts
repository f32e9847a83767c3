import { createHash } from "node:crypto";

/** A number from 0 to 1 that follows from a text: chance that comes out the same every time. */
export function chance(text: string): number {
  return Number.parseInt(createHash("sha256").update(text).digest("hex").slice(0, 8), 16) / 0xffffffff;
}
