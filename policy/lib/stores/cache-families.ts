import { CACHE_FAMILIES } from "../../../facts/elasticache";
import type { StackGraph } from "../graph";
import { read, readAll, type Reading, type StackResource } from "../resource";
import { parameterAmong } from "./parameters";

export const CACHE_PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
const PROPERTY = "parameterGroupName";

/** The parameter group of a cache. */
export interface CacheParameters {
  readonly family: Reading;
  /** Whether its keys can be split over shards; undefined where that can't be told. */
  readonly sharded: boolean | undefined;
}

/** The group a cache names; undefined where it names none, or one from outside that doesn't say what it is. */
export function parametersOf(cache: StackResource, graph: StackGraph): CacheParameters | undefined {
  const reference = graph.reference(cache, PROPERTY, [CACHE_PARAMETERS]);
  if (reference === undefined) return undefined;
  if (reference.kind === "unknown") return { family: { state: "unknown" }, sharded: undefined };
  if (reference.kind === "resource") return { family: read(reference.resource, "family"), sharded: clusterEnabled(reference.resource) };
  const [, value, cluster] = /^default\.(.+?)(\.cluster\.on)?$/.exec(reference.id) ?? [];
  return value === undefined ? undefined : { family: { state: "known", value }, sharded: cluster !== undefined };
}

/** The parameter group family of an engine and version; undefined when that can't be told. */
export function cacheFamilyOf(engine: string, version: string): string | undefined {
  const families: Readonly<Record<string, Readonly<Record<string, string>>>> = CACHE_FAMILIES.engines;
  const versions = families[engine] ?? {};
  const [major = "", minor = ""] = version.split(".");
  return versions[`${major}.${minor}`] ?? versions[major];
}

/** The engine of a family, such as `redis` of `redis6.x`. */
export function engineOfFamily(family: string): string {
  return /^[a-z]+/.exec(family)?.[0] ?? family;
}

function clusterEnabled(group: StackResource): boolean | undefined {
  const set = parameterAmong(readAll(group, "parameters[*]"), "name", "value", "cluster-enabled", group.name);
  if (set?.state === "unknown") return undefined;
  return set?.state === "set" && set.value === "yes";
}
