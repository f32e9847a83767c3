import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parseDocument, stringify } from "yaml";
import { z } from "zod";
import { type Fault } from "../../components/faults";
import { parse } from "../../components/parse";
import { isStoreNeed, storeId, storeKind, storeName } from "../../components/service/store-kind";
import { type Ground, type NeedyEntry, type StoreIdentities } from "./store-identity";

/**
 * A durable environment's stores, as its team last agreed to them: a file beside the stack file, in version control.
 *
 * A plan sees no state, and a program under the engine does not see its own either: protection stops the deletion of a store there, but
 * late, in the middle of an update, and the plan before it had shown nothing. The ledger is what a plan can compare with; a person
 * reviews its change together with the line that caused it.
 */
const storeRecord = z.strictObject({
  kind: z.string().min(1).describe("Kind of the store: the engine of a database, sqs, topic, table, bucket, warehouse …"),
  name: z.string().min(1).describe("Name of the store in the catalogue."),
  services: z.array(z.string()).describe("Services that needed it when it was recorded."),
  is: z.record(z.string(), z.string()).default({}).describe("What the store is made with that cannot change without a new store."),
});

const retiredRecord = z.strictObject({
  because: z
    .string({ error: "is missing; say why the store may go" })
    .min(10, "is too short to be a reason; say in a sentence why the store may go and where its data is")
    .describe("Why the store may go, and where its data is."),
});

const groundRecord = z
  .strictObject({
    accountId: z.string().describe("Account of all stores."),
    region: z.string().describe("Region of all stores."),
    cidr: z.string().describe("Range of their VPC."),
    availabilityZones: z.string().describe("Its availability zones in order, with commas between; more may follow."),
  })
  .describe("What all stores stand in; a change would replace them all.") satisfies z.ZodType<Ground>;

export const StoreLedger = z
  .strictObject({
    ground: groundRecord.optional().describe("What all stores stand in. Default: not recorded yet."),
    stores: z.record(z.string(), storeRecord).default({}).describe("Stores that exist, by kind and name: `table/sessions`."),
    retired: z.record(z.string(), retiredRecord).default({}).describe("Stores that no service needs any more, by kind and name."),
  })
  .describe("The stores of a durable environment.");

export type StoreLedger = z.output<typeof StoreLedger>;
export type StoreRecord = z.output<typeof storeRecord>;

/** A property of a store that was recorded one way and is now declared another; only a new store can have it. */
export interface StoreChange {
  readonly id: string;
  readonly property: string;
  readonly was: string | undefined;
  readonly is: string | undefined;
}

/** How the stores of a catalogue differ from those of a ledger. */
export interface LedgerComparison {
  /** Stores that exist and that no service needs any more. */
  readonly retired: readonly StoreRecord[];
  /** Stores that would have to be made anew. */
  readonly changed: readonly StoreChange[];
  /** Stores that were retired and are needed again; the old one still has the data. */
  readonly revived: readonly StoreRecord[];
  /** Stores that are new and not in the ledger yet. */
  readonly unrecorded: readonly StoreRecord[];
  /** What all stores stand in that would change under them. */
  readonly moved: readonly GroundChange[];
}

/** Something all stores stand in that is declared another way than it was recorded. */
export interface GroundChange {
  readonly property: keyof Ground;
  readonly was: string;
  readonly is: string;
}

/** Kinds that hold nothing anybody would miss: what is in a cache is somewhere else too. */
const NOT_KEPT: ReadonlySet<string> = new Set(["cache"]);

/** File of an environment's ledger, beside its stack file. */
export function ledgerFile(environment: string): string {
  return `stores.${environment}.yaml`;
}

function recordId({ kind, name }: Pick<StoreRecord, "kind" | "name">): string {
  return `${kind}/${name}`;
}

/**
 * The stores that the services of a catalogue need and that keep data, in order of their ids.
 * @param identities what each is made with for good.
 */
export function storeRecords(entries: readonly NeedyEntry[], identities: StoreIdentities): StoreRecord[] {
  const records = new Map<string, StoreRecord>();
  for (const { descriptor } of entries)
    for (const need of descriptor.needs ?? []) {
      const kind = storeKind(need);
      if (!isStoreNeed(need) || NOT_KEPT.has(kind)) continue;
      const known = records.get(storeId(need));
      const services = [...new Set([...(known?.services ?? []), descriptor.name])].sort();
      records.set(storeId(need), { kind, name: storeName(need), services, is: { ...identities.get(storeId(need)) } });
    }
  return [...records].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, record]) => record);
}

/** The stores that existed and that nothing needs any more. */
export function retiredStores(previous: readonly StoreRecord[], current: readonly StoreRecord[]): StoreRecord[] {
  const needed = new Set(current.map(recordId));
  return previous.filter((record) => !needed.has(recordId(record)));
}

/** Properties that may grow in place: only less of them wants a new store. */
const GROWING: ReadonlySet<string> = new Set(["partitions"]);

function isChange(property: string, was: string | undefined, now: string | undefined): boolean {
  if (!GROWING.has(property)) return was !== now;
  return was !== undefined && (now === undefined || Number(now) < Number(was));
}

function changes(was: StoreRecord, now: StoreRecord): StoreChange[] {
  // A table whose declaration is wrong says nothing of its keys; its own faults say so.
  if (now.kind === "table" && now.is["partitionKey"] === undefined) return [];
  return [...new Set([...Object.keys(was.is), ...Object.keys(now.is)])]
    .filter((property) => isChange(property, was.is[property], now.is[property]))
    .map((property) => ({ id: recordId(now), property, was: was.is[property], is: now.is[property] }));
}

/** A zone may be added at the end; what is taken away or put elsewhere moves the subnets that stores are in. */
function moved(was: Ground, now: Ground): GroundChange[] {
  const same = (property: keyof Ground) =>
    property === "availabilityZones" ? `${now[property]}, `.startsWith(`${was[property]}, `) : now[property] === was[property];
  return (["accountId", "region", "cidr", "availabilityZones"] as const)
    .filter((property) => !same(property))
    .map((property) => ({ property, was: was[property], is: now[property] }));
}

/** Compares a ledger with the stores that are needed now, and with what they would stand in. */
export function compareLedger(ledger: StoreLedger, current: readonly StoreRecord[], ground: Ground): LedgerComparison {
  return {
    moved: ledger.ground && Object.keys(ledger.stores).length > 0 ? moved(ledger.ground, ground) : [],
    retired: retiredStores(Object.values(ledger.stores), current),
    changed: current.flatMap((now) => {
      const was = ledger.stores[recordId(now)];
      return was ? changes(was, now) : [];
    }),
    revived: current.filter((now) => recordId(now) in ledger.retired),
    unrecorded: current.filter((now) => !(recordId(now) in ledger.stores) && !(recordId(now) in ledger.retired)),
  };
}

/**
 * What a plan of a durable environment refuses: data that would be left behind without anybody having said so. A store that is not in the
 * ledger yet is none of it.
 */
export function ledgerFaults(environment: string, { retired, changed, revived, moved: ground }: LedgerComparison): Fault[] {
  const file = ledgerFile(environment);
  return [
    ...ground.map(({ property, was, is }) => ({
      key: `${file}: ground.${property}`,
      what: `was ${was}, and can only change with new stores for all that are recorded`,
      got: is,
      right: "change it back, or make a new environment, restore the data there and retire the stores here",
    })),
    ...retired.map((record) => ({
      key: `${file}: stores.${recordId(record)}`,
      what: "is needed by no service any more, and its data would be left behind",
      got: record.services,
      right: `give the need back, or run: strata stores retire ${environment} ${recordId(record)} --because "…"`,
    })),
    ...changed.map(({ id, property, was, is }) => ({
      key: `${file}: stores.${id}.is.${property}`,
      what: `was ${was ?? "not there"}, and can only change with a new store`,
      got: is,
      right: `change it back, or declare a new store under another name, move the data and retire ${id}`,
    })),
    ...revived.map((record) => ({
      key: `${file}: retired.${recordId(record)}`,
      what: "is needed again, though it was retired",
      got: record.services,
      right: "give the new store another name, or adopt the old one and move its entry back under `stores`",
    })),
  ];
}

/**
 * Reads an environment's ledger.
 * @param root folder of the project.
 * @returns the ledger, an empty one when there is no file yet, or what is wrong with it.
 */
export function readLedger(
  root: string,
  environment: string,
): { readonly value: StoreLedger; readonly faults: [] } | { readonly value?: undefined; readonly faults: Fault[] } {
  const file = ledgerFile(environment);
  const path = join(root, file);
  if (!existsSync(path)) return { value: { stores: {}, retired: {} }, faults: [] };
  const document = parseDocument(readFileSync(path, "utf8"), { prettyErrors: true });
  const [error] = document.errors;
  if (error)
    return {
      faults: [{ key: `${file}:${error.linePos?.[0].line ?? 1}`, what: `is not YAML: ${error.message.split("\n")[0] ?? error.code}` }],
    };
  if (document.contents !== null && !isMap(document.contents))
    return { faults: [{ key: file, what: "has the wrong type", right: "give an object with `stores` and `retired`" }] };
  const read = parse(StoreLedger, document.toJS() ?? {}, file);
  return read.value ? { value: read.value, faults: [] } : { faults: read.faults };
}

/**
 * The ledger with every store that is new in it, its services up to date, and what has grown. All else that was there stays as it was: only
 * {@link retire} takes a store out, and nothing rewrites what a store is.
 */
export function recordStores(ledger: StoreLedger, current: readonly StoreRecord[], ground: Ground): StoreLedger {
  const { unrecorded } = compareLedger(ledger, current, ground);
  const stores = { ...ledger.stores, ...Object.fromEntries(unrecorded.map((record) => [recordId(record), record])) };
  for (const now of current) {
    const was = stores[recordId(now)];
    if (was) stores[recordId(now)] = { ...was, services: now.services, is: { ...was.is, ...grown(was, now) } };
  }
  return { ...ledger, ground: ledger.ground ?? ground, stores };
}

function grown(was: StoreRecord, now: StoreRecord): Record<string, string> {
  return Object.fromEntries(
    Object.entries(now.is).filter(([property, value]) => GROWING.has(property) && !isChange(property, was.is[property], value)),
  );
}

/**
 * The ledger with a store retired: a plan then lets it go.
 * @returns the ledger, or what is wrong with retiring it.
 */
export function retire(
  ledger: StoreLedger,
  current: readonly StoreRecord[],
  id: string,
  because: string,
): { readonly value: StoreLedger; readonly faults: [] } | { readonly value?: undefined; readonly faults: Fault[] } {
  const record = ledger.stores[id];
  const user = current.find((now) => recordId(now) === id);
  if (!record) return { faults: [{ key: id, what: "is not in the ledger", right: `one of ${Object.keys(ledger.stores).join(", ")}` }] };
  if (user)
    return { faults: [{ key: id, what: "is still needed", got: user.services, right: "take the need out of these services first" }] };
  const reason = parse(retiredRecord, { because }, id);
  if (!reason.value) return { faults: reason.faults };
  const { [id]: _, ...stores } = ledger.stores;
  return { value: { stores, retired: { ...ledger.retired, [id]: reason.value } }, faults: [] };
}

/**
 * The ledger with every store retired, for one and the same reason.
 * @returns the ledger, or what is wrong with retiring each.
 */
export function retireAll(
  ledger: StoreLedger,
  current: readonly StoreRecord[],
  because: string,
): { readonly value: StoreLedger; readonly faults: [] } | { readonly value?: undefined; readonly faults: Fault[] } {
  const ids = Object.keys(ledger.stores);
  const faults = ids.flatMap((id) => retire(ledger, current, id, because).faults);
  if (faults.length > 0) return { faults };
  return { value: { stores: {}, retired: { ...ledger.retired, ...Object.fromEntries(ids.map((id) => [id, { because }])) } }, faults: [] };
}

const HEADING = [
  "The stores of this environment, which hold data. Written by `strata stores`; kept in version control; read by every plan.",
  "A store that is here and that no service needs any more is an error until it is retired: see docs/restore.md.",
];

/** The text of a ledger's file; the same for the same ledger. */
export function ledgerText(ledger: StoreLedger): string {
  return `${HEADING.map((line) => `# ${line}\n`).join("")}${stringify(ledger, { sortMapEntries: true, lineWidth: 140 })}`;
}

/** Writes an environment's ledger. */
export function writeLedger(root: string, environment: string, ledger: StoreLedger): void {
  writeFileSync(join(root, ledgerFile(environment)), ledgerText(ledger));
}
