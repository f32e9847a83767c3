import { type Fault } from "../../../components/faults";
import { openSearchFaults } from "../../../components/visibility/logs/open-search";
import { type LogsConfig } from "./logs";

const MOST_ZONES = 3;

/**
 * What is wrong between the keys of an environment's logs.
 * @param key where they stand: `Pulumi.prod.yaml: strata:visibility.logs`.
 * @param zones of the network.
 */
export function logsFaults(key: string, { store, archiveDays, subscription }: LogsConfig, durable: boolean, zones: number): Fault[] {
  const faults: Fault[] = [];
  if (store.kind !== "none" && store.searchDays > archiveDays)
    faults.push({
      key: `${key}.store.searchDays`,
      what: "is longer than the archive keeps what the store is filled from",
      got: store.searchDays,
      right: `give at most archiveDays, which is ${archiveDays}`,
    });
  if (store.kind === "opensearch") faults.push(...openSearchFaults(`${key}.store`, store, durable, Math.min(MOST_ZONES, zones)));
  if (store.kind === "none" && durable && subscription === "elsewhere")
    faults.push({
      key,
      what: "keeps lines of log groups nowhere, in a durable environment",
      got: { store: "none", subscription },
      right: "give a store, or subscription account",
    });
  return faults;
}
