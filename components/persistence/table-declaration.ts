import { DYNAMODB_LIMITS } from "../../facts/limits-dynamodb";
import { type Fault } from "../faults";
import { suggestion } from "../parse";
import { type Need } from "../service/needs";

/** What a descriptor says of a table. */
export type TableNeed = Extract<Need, { table: string }>;

/** A need for a table, and where it was read. */
export interface DeclaredNeed {
  /** Such as `services/sessions/service.yaml: needs[0]`; the keys of faults start with it. */
  readonly key: string;
  readonly need: TableNeed;
}

/** Type of a key attribute: string, number, binary. */
export type AttributeType = "S" | "N" | "B";

/** A secondary index of a table. */
export interface TableIndex {
  readonly name: string;
  /** Attribute that partitions it. */
  readonly partitionKey: string;
  /** Attribute that sorts it. */
  readonly sortKey: string | undefined;
  readonly projection: "ALL" | "KEYS_ONLY" | readonly string[];
}

/** What a table is, put together from everything its services say of it. */
export interface TableDeclaration {
  /** Every attribute that the table or an index has as a key, with its type. */
  readonly attributes: Readonly<Record<string, AttributeType>>;
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
  readonly globalIndexes: readonly TableIndex[];
  /** Indexes with the table's own partition key. */
  readonly localIndexes: readonly (TableIndex & { readonly sortKey: string })[];
  /** Attribute that holds the expiry time in epoch seconds. */
  readonly expires: string | undefined;
  readonly stream: NonNullable<TableNeed["stream"]> | undefined;
}

/** The parts of a need that say what the table is; the service that gives one of them gives it for all. */
const PARTS = ["partitionKey", "sortKey", "attributes", "indexes", "expires", "stream"] as const;
type Part = (typeof PARTS)[number];
type Whole = Pick<TableNeed, Part>;

const LOCAL_WANTS = "give a sortKey and the table's own partitionKey, or leave `local` out";

/** What several services say of one table, as one; two that say different things are a fault. */
function agree(table: string, needs: readonly DeclaredNeed[]): { whole: Whole; faults: Fault[]; keys: Record<Part, string> } {
  const whole: Whole = {};
  const keys = Object.fromEntries(PARTS.map((part) => [part, needs[0]?.key ?? table])) as Record<Part, string>;
  const faults: Fault[] = [];
  for (const part of PARTS) {
    const said = needs.filter(({ need }) => need[part] !== undefined);
    const [first, ...others] = said;
    if (!first) continue;
    Object.assign(whole, { [part]: first.need[part] });
    keys[part] = first.key;
    for (const other of others)
      if (JSON.stringify(other.need[part]) !== JSON.stringify(first.need[part]))
        faults.push({
          key: `${other.key}.${part}`,
          what: `differs from what ${first.key} says of table ${table}`,
          got: other.need[part],
          right: "let one service declare the table; the others give only its name and their access",
        });
  }
  return { whole, faults, keys };
}

/** Reads the attributes that are declared: the table's keys, with their types, and those that are only for indexes. */
function readAttributes({ partitionKey, sortKey, attributes }: Whole, key: string): { types: Map<string, AttributeType>; faults: Fault[] } {
  const types = new Map<string, AttributeType>();
  const faults: Fault[] = [];
  for (const declared of [partitionKey, sortKey, ...(attributes ?? [])]) {
    if (!declared) continue;
    if (types.has(declared.name))
      faults.push({ key, what: "declares an attribute twice", got: declared.name, right: "give each attribute once, with one type" });
    types.set(declared.name, declared.type ?? "S");
  }
  return { types, faults };
}

type DeclaredIndex = NonNullable<Whole["indexes"]>[number];

function indexFaults(index: DeclaredIndex, key: string, whole: Whole, known: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const part of ["partitionKey", "sortKey"] as const) {
    const name = index[part];
    if (name !== undefined && !known.includes(name))
      faults.push({ key: `${key}.${part}`, what: "is an attribute that is not declared", got: name, right: suggestion(name, known) });
  }
  if (index.local && (index.sortKey === undefined || index.partitionKey !== whole.partitionKey?.name))
    faults.push({ key, what: "is a local index that does not sort the table's own partitions", got: index.index, right: LOCAL_WANTS });
  if (index.local && !whole.sortKey)
    faults.push({ key, what: "is a local index of a table without a sort key", got: index.index, right: "give the table a sortKey" });
  return faults;
}

function indexesFaults(whole: Whole, key: string, known: readonly string[]): Fault[] {
  const indexes = whole.indexes ?? [];
  const names = indexes.map(({ index }) => index);
  const projected = indexes.flatMap(({ project }) => (Array.isArray(project) ? project : []));
  const counted = [
    ["global indexes", indexes.filter(({ local }) => !local).length, DYNAMODB_LIMITS.globalIndexes.value],
    ["local indexes", indexes.filter(({ local }) => local).length, DYNAMODB_LIMITS.localIndexes.value],
    ["projected attributes", projected.length, DYNAMODB_LIMITS.projectedAttributes.value],
  ] as const;
  return [
    ...indexes.flatMap((index, position) => indexFaults(index, `${key}.indexes[${position}]`, whole, known)),
    ...names
      .filter((name, position) => names.indexOf(name) < position)
      .map((name) => ({ key: `${key}.indexes`, what: "has two indexes of one name", got: name, right: "give each index its own name" })),
    ...counted
      .filter(([, count, most]) => count > most)
      .map(([what, count, most]) => ({ key: `${key}.indexes`, what: `has too many ${what}`, got: count, right: `give at most ${most}` })),
  ];
}

/** DynamoDB refuses a table that defines an attribute which no key uses. */
function unusedFaults(whole: Whole, key: string): Fault[] {
  const used = new Set((whole.indexes ?? []).flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]));
  return (whole.attributes ?? []).flatMap(({ name }, position) =>
    used.has(name)
      ? []
      : [
          {
            key: `${key}.attributes[${position}]`,
            what: "is a key of no index",
            got: name,
            right: "declare only attributes that are keys",
          },
        ],
  );
}

function expiryFaults({ expires }: Whole, key: string, types: ReadonlyMap<string, AttributeType>): Fault[] {
  const type = expires === undefined ? undefined : types.get(expires);
  return type === undefined || type === "N"
    ? []
    : [{ key: `${key}.expires`, what: "is a key attribute that is not a number", got: expires, right: "give an attribute of type N" }];
}

function toIndex({ index, partitionKey, sortKey, project }: DeclaredIndex): TableIndex {
  return { name: index, partitionKey, sortKey, projection: project ?? "ALL" };
}

/**
 * Puts together what the services of a catalogue say of one table.
 * @param needs the needs for it, at least one.
 * @returns the table, or everything that is wrong with what they say.
 */
export function declareTable(
  needs: readonly DeclaredNeed[],
): { readonly value: TableDeclaration; readonly faults: [] } | { readonly value?: undefined; readonly faults: Fault[] } {
  const [first] = needs;
  if (!first) throw new Error("a table that no service needs");
  const { table } = first.need;
  const { whole, faults: disagreements, keys } = agree(table, needs);
  const { partitionKey } = whole;
  if (!partitionKey)
    return {
      faults: [
        ...disagreements,
        {
          key: `${first.key}.partitionKey`,
          what: `is missing for table ${table}`,
          right: "let one of its services give the partition key",
        },
      ],
    };
  const { types, faults } = readAttributes(whole, keys.attributes);
  const all = [
    ...disagreements,
    ...faults,
    ...indexesFaults(whole, keys.indexes, [...types.keys()]),
    ...unusedFaults(whole, keys.attributes),
    ...expiryFaults(whole, keys.expires, types),
  ];
  if (all.length > 0) return { faults: all };
  const indexes = whole.indexes ?? [];
  return {
    value: {
      attributes: Object.fromEntries(types),
      partitionKey: partitionKey.name,
      sortKey: whole.sortKey?.name,
      globalIndexes: indexes.filter(({ local }) => !local).map(toIndex),
      localIndexes: indexes.flatMap((index) =>
        index.local && index.sortKey !== undefined ? [{ ...toIndex(index), sortKey: index.sortKey }] : [],
      ),
      expires: whole.expires,
      stream: whole.stream,
    },
    faults: [],
  };
}

/** The needs for tables of some services, by the name of the table. */
export function tableNeeds(
  entries: readonly { readonly file: string; readonly descriptor: { readonly needs?: readonly Need[] | undefined } }[],
): Map<string, DeclaredNeed[]> {
  const tables = new Map<string, DeclaredNeed[]>();
  for (const { file, descriptor } of entries)
    (descriptor.needs ?? []).forEach((need, index) => {
      if (!("table" in need)) return;
      tables.set(need.table, [...(tables.get(need.table) ?? []), { key: `${file}: needs[${index}]`, need }]);
    });
  return tables;
}
