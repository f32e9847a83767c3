import { type Need, needKey } from "./needs";

/** Kind of store a need asks for: the engine of a database, what carries a queue, else the need's own key, such as `table`. */
export type StoreKind = string;

/** Needs that no store stands behind. */
const WITHOUT_STORE: ReadonlySet<string> = new Set(["service", "internet"]);

/** True when a need is for a store. */
export function isStoreNeed(need: Need): boolean {
  return !WITHOUT_STORE.has(needKey(need));
}

/** The kind of store a need asks for. */
export function storeKind(need: Need): StoreKind {
  if ("store" in need) return need.store;
  if ("queue" in need) return need.broker ?? "sqs";
  return needKey(need);
}

/** The name of the store a need asks for. */
export function storeName(need: Need): string {
  if ("store" in need) return need.name;
  const [, name] = Object.entries(need).find(([key]) => key === needKey(need)) ?? [];
  return String(name);
}

/** What tells a store from every other of its environment: `table/sessions`. */
export function storeId(need: Need): string {
  return `${storeKind(need)}/${storeName(need)}`;
}
