import { resolve } from "node:path";
import { ConfigError, UserError } from "../../components/faults";
import { readStackFile } from "../../plan/stack-file";
import { readCatalogue } from "../../stacks/catalogue";
import { type Ground, groundOf, storeIdentities } from "../../stacks/config/store-identity";
import {
  ledgerFile,
  readLedger,
  recordStores,
  retire,
  retireAll,
  type StoreLedger,
  type StoreRecord,
  storeRecords,
  writeLedger,
} from "../../stacks/config/store-ledger";
import { readEnvironment } from "../../stacks/environment";

/** The ledger of an environment, and the stores that its services need now. */
function read(
  root: string,
  name: string,
): { readonly ledger: StoreLedger; readonly current: readonly StoreRecord[]; readonly ground: Ground; readonly decommissioning: boolean } {
  const environment = readEnvironment(name, readStackFile(root, name).config);
  const catalogue = readCatalogue(root);
  const ledger = readLedger(root, name);
  const faults = [...environment.faults, ...catalogue.faults, ...ledger.faults];
  if (!environment.value || !ledger.value || faults.length > 0) throw new ConfigError(faults);
  if (!environment.value.environment.durable)
    throw new UserError(`${name}: keeps no ledger of stores, because it is not durable: its stores may go with their needs`);
  const { services } = environment.value;
  const entries = catalogue.entries.filter(({ descriptor }) => services[descriptor.name]?.enabled !== false);
  return {
    ledger: ledger.value,
    current: storeRecords(entries, storeIdentities(entries, environment.value)),
    ground: groundOf(environment.value),
    decommissioning: environment.value.environment.decommissioning,
  };
}

/** Writes the stores that services need into the ledger of a durable environment; what is there already stays. */
export function recordAll(environment: string, { cwd }: { readonly cwd: string }): void {
  const root = resolve(cwd);
  const { ledger, current, ground, decommissioning } = read(root, environment);
  if (decommissioning) throw new UserError(`${environment}: is being decommissioned, so no store of it is recorded any more`);
  const recorded = recordStores(ledger, current, ground);
  writeLedger(root, environment, recorded);
  const added = Object.keys(recorded.stores).filter((id) => !(id in ledger.stores));
  process.stdout.write(`${ledgerFile(environment)}: ${Object.keys(recorded.stores).length} stores, ${added.length} of them new\n`);
}

/** Options of `strata stores retire`. */
export interface RetireOptions {
  readonly cwd: string;
  readonly because: string;
  readonly all: boolean;
}

/**
 * Retires a store that no service needs any more, or all of them, so that a plan lets it go; its data stays in AWS, protected, until somebody
 * removes it. Of an environment that is being decommissioned, what services still need is retired too: they go along.
 * @throws {ConfigError} when a store is not in the ledger, is still needed, or the reason is none.
 */
export function retireStores(environment: string, id: string | undefined, { cwd, because, all }: RetireOptions): void {
  if ((id === undefined) !== all) throw new UserError("strata stores retire: name one store, or give --all");
  const root = resolve(cwd);
  const { ledger, current, decommissioning } = read(root, environment);
  const needed = decommissioning ? [] : current;
  const { value, faults } = id === undefined ? retireAll(ledger, needed, because) : retire(ledger, needed, id, because);
  if (!value) throw new ConfigError(faults);
  writeLedger(root, environment, value);
  const retired = id === undefined ? Object.keys(ledger.stores) : [id];
  process.stdout.write(`${ledgerFile(environment)}: ${retired.join(", ") || "nothing"} is retired\n`);
}
