import { STORAGE_TYPES, type StorageRules, storageRules } from "../../../../facts/rds-storage";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, isSet, unlessOneOf, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { isMadeFromAnother } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const SIZE = "allocatedStorage";
const TYPE = "storageType";
const TUNING = ["iops", "storageThroughput"] as const;

/** Left out, the type is io1 where operations are asked for, else gp2. */
export const databaseStorageFitsEngine = resourceRule({
  id: "database-storage-fits-engine",
  title: "The storage of every database has a size and a speed that its type and engine have",
  severity: "high",
  why: "Sizes, operations and throughput have ranges by type and by engine, and gp3 can be tuned only from a size on; RDS refuses the rest.",
  fix: "Set allocatedStorage, storageType, iops and storageThroughput to what the engine takes; leave iops and storageThroughput out below 400 GiB of gp3.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html"],
  frameworks: [],
  types: [DB_INSTANCE],
  check: (database) => [refused(database, findings(database))],
});

function findings(database: Resource): Finding[] {
  const missing = isSet(database, SIZE) || isMadeFromAnother(database) ? [] : [{ what: `${SIZE} is absent`, property: SIZE }];
  const unknownType = unlessOneOf(database, TYPE, STORAGE_TYPES);
  if (unknownType.length > 0) return [...missing, ...unknownType];
  const given = text(read(database, TYPE));
  // Left out, the type is io1 with iops, and gp2 without.
  if (given === undefined && read(database, "iops").state === "unknown") return [...missing, notKnown("iops")];
  const type = given ?? (isSet(database, "iops") ? "io1" : "gp2");
  const engine = read(database, "engine");
  if (engine.state === "unknown") return [...missing, notKnown("engine")];
  const rules = storageRules(text(engine) ?? "", type);
  if (rules === undefined) return missing;
  return [...missing, ...size(database, rules, type), ...speed(database, rules, type)];
}

function size(database: Resource, rules: StorageRules, type: string): Finding[] {
  return unlessWithin(database, SIZE, rules.size, `GiB of ${type}`);
}

function speed(database: Resource, rules: StorageRules, type: string): Finding[] {
  const gib = amount(read(database, SIZE));
  const needed = type.startsWith("io") && !isSet(database, "iops") && !isMadeFromAnother(database);
  const missing = needed ? [{ what: `${TYPE} is ${type} and iops is absent`, property: "iops" }] : [];
  const asked = TUNING.filter((property) => isSet(database, property)).flatMap((property): Finding[] => {
    if (read(database, property).state === "unknown") return [notKnown(property)];
    const range = property === "iops" ? rules.iops : rules.throughput;
    if (range === undefined) return [{ what: `${property} is set, which ${type} does not take`, property }];
    if (rules.tunedFrom !== undefined && gib !== undefined && gib < rules.tunedFrom)
      return [{ what: `${property} is set on ${gib} GiB: ${type} takes it from ${rules.tunedFrom} GiB on`, property }];
    return unlessWithin(database, property, range);
  });
  return [...missing, ...asked];
}
