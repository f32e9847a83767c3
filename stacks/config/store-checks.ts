import { type Fault } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { relationalStoreFaults } from "../../components/persistence/relational/relational-store";
import { tableFaults } from "../../components/persistence/table";
import { declareTable, type TableDeclaration, tableNeeds } from "../../components/persistence/table-declaration";
import { warehouseFaults } from "../../components/persistence/warehouse-size";
import { type CatalogueEntry } from "../catalogue";
import { type EnvironmentConfig } from "../environment";
import { relationalSettings } from "../relational-settings";
import { serviceNeeds } from "../bus-needs";
import { busFaults } from "./bus-checks";
import { groundOf, storeIdentities } from "./store-identity";
import { compareLedger, ledgerFaults, ledgerFile, readLedger, storeRecords } from "./store-ledger";

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

/** What an environment says of stores by their names, of which some are those of no store. */
function unknownNames(key: string, what: string, given: readonly string[], known: readonly string[]): Fault[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => ({ key: `${key}.${name}`, what: `names no ${what} of the catalogue`, right: suggestion(name, known) }));
}

function relational(entries: readonly CatalogueEntry[], environment: EnvironmentConfig): Fault[] {
  const key = `Pulumi.${environment.name}.yaml: strata:persistence.databases`;
  const stores = needed(entries, "store");
  return [
    ...unknownNames(key, "relational store", Object.keys(environment.persistence.databases), [...stores.keys()]),
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
  const names = [...needed(entries, "warehouse").keys()];
  return [
    ...unknownNames(`${key}s`, "warehouse", Object.keys(persistence.warehouses), names),
    ...names.flatMap((name) => {
      const own = persistence.warehouses[name];
      return warehouseFaults(own?.size ? `${key}s.${name}` : key, {
        size: own?.size ?? persistence.warehouse,
        zones: network.availabilityZones.length,
        durable: environment.environment.durable,
        restoreFrom: own?.restoreFrom,
      });
    }),
  ];
}

/** Tables as their services declare them, and what is wrong with them or with what an environment says of them. */
function tables(entries: readonly CatalogueEntry[], { name: environment, persistence }: EnvironmentConfig) {
  const key = `Pulumi.${environment}.yaml: strata:persistence`;
  const needs = tableNeeds(entries);
  const declarations = new Map<string, TableDeclaration>();
  const faults = unknownNames(`${key}.tables`, "table", Object.keys(persistence.tables), [...needs.keys()]);
  for (const [name, said] of needs) {
    const declared = declareTable(said);
    faults.push(...declared.faults);
    if (!declared.value) continue;
    declarations.set(name, declared.value);
    const own = persistence.tables[name];
    faults.push(
      ...tableFaults(own ? `${key}.tables.${name}` : `${key}.tableCapacity`, {
        tableName: name,
        declaration: declared.value,
        capacity: own?.capacity ?? persistence.tableCapacity,
        recoveryDays: persistence.backupDays,
        replicas: own?.replicas,
        restoreFrom: own?.restoreFrom,
      }),
    );
  }
  // What is wrong with the capacity of all tables is wrong once.
  return { declarations, faults: [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()] };
}

/** A store that a durable environment had must not go because a line went: its ledger knows it. */
function ledger(root: string, entries: readonly CatalogueEntry[], environment: EnvironmentConfig): Fault[] {
  const { value, faults } = readLedger(root, environment.name);
  if (!value) return faults;
  const kept = Object.keys(value.stores);
  const key = `Pulumi.${environment.name}.yaml: strata:environment`;
  if (environment.environment.decommissioning)
    return kept.length === 0
      ? []
      : [
          {
            key: `${key}.decommissioning`,
            what: `is true, but ${ledgerFile(environment.name)} has stores that hold data`,
            got: kept,
            right: `retire them first: strata stores retire ${environment.name} --all --because "…"`,
          },
        ];
  if (environment.environment.durable) {
    const current = storeRecords(entries, storeIdentities(entries, environment));
    return ledgerFaults(environment.name, compareLedger(value, current, groundOf(environment)));
  }
  return kept.length === 0
    ? []
    : [
        {
          key: `${key}.durable`,
          what: `is false, but ${ledgerFile(environment.name)} has stores that hold data`,
          got: kept,
          right: "give true, or retire every store first",
        },
      ];
}

/** What a warehouse reads must be in the catalogue. */
function warehouseSources(entries: readonly CatalogueEntry[], { name: file, persistence }: EnvironmentConfig): Fault[] {
  const needs = entries.flatMap(({ descriptor }) => descriptor.needs ?? []);
  const buckets = [...new Set(needs.flatMap((need) => ("bucket" in need ? [need.bucket] : [])))];
  const topics = [...new Set(needs.flatMap((need) => ("topic" in need ? [need.topic] : [])))];
  return Object.entries(persistence.warehouses).flatMap(([name, { loadsFrom = [], streamsFrom = [] }]) => {
    const key = `Pulumi.${file}.yaml: strata:persistence.warehouses.${name}`;
    const unknown = (property: string, kind: string, given: readonly string[], known: readonly string[]) =>
      given
        .filter((one) => !known.includes(one))
        .map((one) => ({ key: `${key}.${property}`, what: `names no ${kind} of the catalogue`, got: one, right: suggestion(one, known) }));
    return [
      ...unknown("loadsFrom", "bucket", loadsFrom, buckets),
      ...unknown("streamsFrom", "topic", streamsFrom, topics),
      ...(streamsFrom.length > 0 && persistence.kafka.mode !== "managed"
        ? [
            {
              key: `${key}.streamsFrom`,
              what: "streams from Kafka outside MSK, which Redshift does not",
              got: persistence.kafka.mode,
              right: "leave it out, or set strata:persistence.kafka.mode to managed",
            },
          ]
        : []),
    ];
  });
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
  const { declarations, faults: wrongTables } = tables(entries, environment);
  const faults: Fault[] = [
    ...relational(entries, environment),
    ...warehouses(entries, environment),
    ...warehouseSources(entries, environment),
    ...ledger(root, entries, environment),
  ];
  faults.push(
    ...wrongTables,
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
  return { tables: declarations, faults };
}
