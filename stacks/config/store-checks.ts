import { type Fault } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { relationalStoreFaults } from "../../components/persistence/relational/relational-store";
import { declareTable, type TableDeclaration, tableNeeds } from "../../components/persistence/table-declaration";
import { warehouseFaults } from "../../components/persistence/warehouse-size";
import { type CatalogueEntry } from "../catalogue";
import { type EnvironmentConfig } from "../environment";
import { relationalSettings } from "../relational-settings";
import { serviceNeeds } from "../bus-needs";
import { busFaults } from "./bus-checks";
import { compareLedger, ledgerFaults, readLedger, storeRecords } from "./store-ledger";

/** Stores of one kind that services need, by name, with the services. */
function needed(
  entries: readonly CatalogueEntry[],
  key: "store" | "warehouse",
): Map<string, { kinds: Set<string>; services: string[]; files: string[] }> {
  const found = new Map<string, { kinds: Set<string>; services: string[]; files: string[] }>();
  for (const { file, descriptor } of entries)
    for (const need of descriptor.needs ?? []) {
      const name = key === "store" && "store" in need ? need.name : key === "warehouse" && "warehouse" in need ? need.warehouse : undefined;
      if (name === undefined) continue;
      const store = found.get(name) ?? { kinds: new Set<string>(), services: [], files: [] };
      if ("store" in need) store.kinds.add(need.store);
      found.set(name, { kinds: store.kinds, services: [...store.services, descriptor.name], files: [...store.files, file] });
    }
  return found;
}

function relational(entries: readonly CatalogueEntry[], environment: EnvironmentConfig): Fault[] {
  const key = `Pulumi.${environment.name}.yaml: strata:persistence.databases`;
  const stores = needed(entries, "store");
  const unknown = Object.keys(environment.persistence.databases)
    .filter((name) => !stores.has(name))
    .map((name) => ({
      key: `${key}.${name}`,
      what: "names no relational store of the catalogue",
      right: suggestion(name, [...stores.keys()]),
    }));
  return [
    ...unknown,
    ...[...stores].flatMap(([name, { kinds, services, files }]): Fault[] => {
      const [kind, ...others] = [...kinds] as Parameters<typeof relationalStoreFaults>[1][];
      if (kind === undefined) return [];
      if (others.length > 0)
        return [
          {
            key: `${files.join(", ")}: needs`,
            what: `want store ${name} of several kinds`,
            got: [...kinds],
            right: "give each store a name of its own",
          },
        ];
      return relationalStoreFaults(
        `${key}.${name}`,
        kind,
        name,
        services,
        relationalSettings(environment),
        environment.persistence.databases[name] ?? {},
      );
    }),
  ];
}

function warehouses(entries: readonly CatalogueEntry[], environment: EnvironmentConfig): Fault[] {
  const key = `Pulumi.${environment.name}.yaml: strata:persistence.warehouse`;
  const { persistence, network } = environment;
  return [...needed(entries, "warehouse").keys()].flatMap((name) => {
    const own = persistence.warehouses[name];
    return warehouseFaults(own?.size ? `${key}s.${name}` : key, {
      size: own?.size ?? persistence.warehouse,
      zones: network.availabilityZones.length,
      durable: environment.environment.durable,
      restoreFrom: own?.restoreFrom,
    });
  });
}

/** A store that a durable environment had must not go because a line went: its ledger knows it. */
function ledger(root: string, entries: readonly CatalogueEntry[], environment: EnvironmentConfig): Fault[] {
  if (!environment.environment.durable) return [];
  const { value, faults } = readLedger(root, environment.name);
  return value ? ledgerFaults(environment.name, compareLedger(value, storeRecords(entries, restored(environment)))) : faults;
}

/** Where stores were restored from, by their id: part of what a store is. */
export function restored({ persistence }: EnvironmentConfig): Record<string, Record<string, string>> {
  const tables = Object.entries(persistence.tables).map(([name, own]) => [`table/${name}`, own.restoreFrom] as const);
  const stores = Object.entries(persistence.warehouses).map(([name, own]) => [`warehouse/${name}`, own.restoreFrom] as const);
  return Object.fromEntries(
    [...tables, ...stores].flatMap(([id, origin]) => (origin ? [[id, { restoreFrom: JSON.stringify(origin) }]] : [])),
  );
}

/**
 * What is wrong with the stores that services need, before anything is made.
 * @param root folder of the project, where a durable environment's ledger of stores is.
 * @returns the tables as their services declare them, and every fault.
 */
export function storeFaults(
  root: string,
  entries: readonly CatalogueEntry[],
  environment: EnvironmentConfig,
): { readonly tables: ReadonlyMap<string, TableDeclaration>; readonly faults: readonly Fault[] } {
  const tables = new Map<string, TableDeclaration>();
  const faults: Fault[] = [...relational(entries, environment), ...warehouses(entries, environment), ...ledger(root, entries, environment)];
  for (const [name, needs] of tableNeeds(entries)) {
    const declared = declareTable(needs);
    if (declared.value) tables.set(name, declared.value);
    faults.push(...declared.faults);
  }
  faults.push(
    ...busFaults(
      `Pulumi.${environment.name}.yaml`,
      environment.environment,
      environment.persistence,
      environment.network.availabilityZones.length,
      serviceNeeds(entries.map(({ descriptor }) => descriptor)),
    ),
  );
  if (environment.environment.durable && !environment.persistence.backup)
    faults.push({
      key: `Pulumi.${environment.name}.yaml: strata:persistence.backup`,
      what: "is missing in a durable environment",
      right: "give `copyTo`, the region that backups are copied to",
    });
  return { tables, faults };
}
