import { type BackupKind } from "../facts/backup-types";
import { type EnvironmentConfig } from "./environment";

const OF_STORES: Readonly<Record<string, BackupKind>> = {
  table: "table",
  bucket: "bucket",
  "aurora-postgres": "cluster",
  "aurora-mysql": "cluster",
  postgres: "instance",
  mysql: "instance",
  mariadb: "instance",
  oracle: "instance",
  sqlserver: "instance",
};

/** Kinds of backup that some stores want. A queue, a cache or a bus holds what is under way, which is not backed up. */
export function backupKinds(stores: readonly string[], { persistence }: EnvironmentConfig): BackupKind[] {
  const kinds = stores.flatMap((id): BackupKind[] => {
    const [kind = "", name = ""] = id.split("/");
    if (kind !== "warehouse") return OF_STORES[kind] === undefined ? [] : [OF_STORES[kind]];
    const size = persistence.warehouses[name]?.size ?? persistence.warehouse;
    return [size.mode === "serverless" ? "serverless-warehouse" : "warehouse"];
  });
  return [...new Set(kinds)];
}
