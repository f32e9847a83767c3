import { createHash } from "node:crypto";
import { LONGEST_UID } from "./panels";

const HASH_LENGTH = 8;

/** Id of a dashboard: the same in every deployment, and another for every kind and name. */
export function dashboardUid(kind: "layer" | "service" | "store" | "hosts", name: string): string {
  const plain = `${kind}-${name.replace(/[^A-Za-z0-9_-]/g, "-")}`;
  if (plain === `${kind}-${name}` && plain.length <= LONGEST_UID) return plain;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, HASH_LENGTH);
  return `${plain.slice(0, LONGEST_UID - HASH_LENGTH - 1)}-${hash}`;
}
