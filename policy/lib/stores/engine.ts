import type { StackGraph } from "../graph";
import { read, type Reading, type StackResource } from "../resource";
import { DB_CLUSTERS, DB_INSTANCE } from "./store-rule";

const UNKNOWN: Reading = { state: "unknown" };

/**
 * The engine of a database as RDS spells it: its own, or that of the database it copies. Unknown for one that is restored from something
 * the stack does not show.
 */
export function engineOf(database: StackResource, graph: StackGraph): Reading {
  if (database.type.startsWith("aws:docdb/")) return { state: "known", value: "docdb" };
  if (database.type.startsWith("aws:neptune/")) return { state: "known", value: "neptune" };
  const engine = read(database, "engine");
  if (engine.state !== "absent") return engine;
  const source = graph.reference(database, "replicateSourceDb", [DB_INSTANCE, ...DB_CLUSTERS]);
  return source?.kind === "resource" && source.resource.urn !== database.urn ? read(source.resource, "engine") : UNKNOWN;
}
