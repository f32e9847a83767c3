import type { Rule } from "../../../lib/rule";
import { storeHasBackups } from "./store-has-backups";
import { storeHasDeletionProtection } from "./store-has-deletion-protection";
import { storeHasFinalSnapshot } from "./store-has-final-snapshot";
import { storeIsEncrypted } from "./store-is-encrypted";
import { storeSpansZones } from "./store-spans-zones";

/** What every store keeps to, whatever its kind. */
export const storeRules: readonly Rule[] = [
  storeIsEncrypted,
  storeHasBackups,
  storeSpansZones,
  storeHasDeletionProtection,
  storeHasFinalSnapshot,
];
