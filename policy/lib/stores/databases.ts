import { type EngineRules, RDS_ENGINE_RULES } from "../../../facts/rds-engines";
import { notKnown } from "../expect";
import type { Finding } from "../finding";
import type { Reference, StackGraph } from "../graph";
import { read, type Resource, type StackResource, text } from "../resource";
import { isSet } from "../settings/amounts";

export const DB_CLUSTER = "aws:rds/cluster:Cluster";
export const DB_MEMBER = "aws:rds/clusterInstance:ClusterInstance";

/** What a database is made from instead of from nothing: then much of it is as in the one it comes from. */
const ORIGINS = [
  "replicateSourceDb",
  "replicationSourceIdentifier",
  "snapshotIdentifier",
  "snapshotArn",
  "snapshotClusterIdentifier",
  "restoreToPointInTime",
  // Of the clusters of a global database only the first has a user of its own, and nothing here says which that is.
  "globalClusterIdentifier",
] as const;

/** True for a database that takes its user, its data and its encryption from another one. */
export function isMadeFromAnother(database: Resource): boolean {
  return ORIGINS.some((property) => isSet(database, property));
}

/** What is found by the rules of its engine; nothing for an engine that the facts don't have, or that it takes from another. */
export function byEngine(database: Resource, look: (rules: EngineRules, engine: string) => readonly Finding[]): readonly Finding[] {
  const reading = read(database, "engine");
  if (reading.state === "unknown") return [notKnown("engine")];
  const engine = text(reading);
  if (engine === undefined || !Object.hasOwn(RDS_ENGINE_RULES, engine)) return [];
  const rules = RDS_ENGINE_RULES[engine];
  return rules === undefined ? [] : look(rules, engine);
}

/** The cluster that an instance is a member of. */
export function clusterOf(member: StackResource, graph: StackGraph): Reference | undefined {
  return graph.reference(member, "clusterIdentifier", [DB_CLUSTER]);
}

/** What `engineVersion` says of the major version, as parameter group families spell it; undefined when that can't be told. */
export function majorOf(engine: string, version: string): string | undefined {
  const [first = "", second = ""] = version.split(".");
  if (!/^\d+$/.test(first)) return undefined;
  if (engine.endsWith("postgres") || engine === "aurora-postgresql") return Number(first) >= 10 ? first : `${first}.${second}`;
  if (engine.startsWith("oracle-")) return first;
  if (!/^\d+$/.test(second)) return undefined;
  return `${first}.${Number(second)}`;
}

/** The parameter group family of an engine in a version; undefined when that can't be told. */
export function familyOf(engine: string, version: string): string | undefined {
  const major = majorOf(engine, version);
  if (major === undefined) return undefined;
  return /^(oracle|sqlserver|db2)-/.test(engine) ? `${engine}-${major}` : `${engine}${major}`;
}
