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
): { readonly ledger: StoreLedger; readonly current: readonly StoreRecord[]; readonly ground: Ground } {
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
  };
}

/** Writes the stores that services need into the ledger of a durable environment; what is there already stays. */
export function recordAll(environment: string, { cwd }: { readonly cwd: string }): void {
  const root = resolve(cwd);
  const { ledger, current, ground } = read(root, environment);
  const recorded = recordStores(ledger, current, ground);
  writeLedger(root, environment, recorded);
  const added = Object.keys(recorded.stores).filter((id) => !(id in ledger.stores));
  process.stdout.write(`${ledgerFile(environment)}: ${Object.keys(recorded.stores).length} stores, ${added.length} of them new\n`);
}

/**
 * Retires a store that no service needs any more, so that a plan lets it go; its data stays in AWS, protected, until somebody removes it.
 * @throws {ConfigError} when the store is not in the ledger, is still needed, or the reason is none.
 */
export function retireOne(environment: string, id: string, { cwd, because }: { readonly cwd: string; readonly because: string }): void {
  const root = resolve(cwd);
  const { ledger, current } = read(root, environment);
  const { value, faults } = retire(ledger, current, id, because);
  if (!value) throw new ConfigError(faults);
  writeLedger(root, environment, value);
  process.stdout.write(`${ledgerFile(environment)}: ${id} is retired\n`);
}
