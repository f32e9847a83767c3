import { read, readAll, type Reading, type Resource } from "../resource";

/** The names by which a table and the indexes written in it take their keys. Unknown ones are among them. */
export function keysOf(table: Resource): Reading[] {
  const own = ["hashKey", "rangeKey"].map((property) => read(table, property)).filter(({ state }) => state !== "absent");
  const indexed = [
    "globalSecondaryIndexes[*].hashKey",
    "globalSecondaryIndexes[*].rangeKey",
    "globalSecondaryIndexes[*].keySchemas[*].attributeName",
    "localSecondaryIndexes[*].rangeKey",
  ].flatMap((path) => readAll(table, path));
  return [...own, ...indexed];
}

/** True for a table that is restored from another: its keys are that one's. */
export function isRestored(table: Resource): boolean {
  return ["restoreSourceName", "restoreSourceTableArn", "restoreBackupArn"].some((property) => read(table, property).state !== "absent");
}
