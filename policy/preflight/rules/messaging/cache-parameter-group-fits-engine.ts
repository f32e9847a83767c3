import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { number, read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { cacheFamilyOf, type CacheParameters, engineOfFamily, parametersOf } from "../../../lib/stores/cache-families";
import { isGlobalMember } from "../../../lib/stores/cache-shape";
import { CACHE_CLUSTER, REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const PROPERTY = "parameterGroupName";
const SHARDS = "numNodeGroups";

/** Looks at the whole stack, which has the groups. Left out, ElastiCache takes its own; the engine of a group is then redis. */
export const cacheParameterGroupFitsEngine = stackRule({
  id: "cache-parameter-group-fits-engine",
  title: "The parameter group of every cache is of its engine and version, and of its mode",
  severity: "high",
  why: "ElastiCache refuses a cache whose parameter group is of another family, or has no cluster mode where the cache has several shards.",
  fix: `Set ${PROPERTY} to a group of the engine's family, such as default.valkey8, and with shards to one with cluster-enabled, such as default.valkey8.cluster.on.`,
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html"],
  frameworks: [],
  check: (stack) =>
    stack
      .ofType(REPLICATION_GROUP, CACHE_CLUSTER)
      .filter((cache) => !isGlobalMember(cache))
      .flatMap((cache) => {
        const parameters = parametersOf(cache, stack);
        return parameters === undefined ? [] : [refused(cache, [...family(cache, parameters), ...mode(cache, parameters)])];
      }),
});

function family(cache: StackResource, parameters: CacheParameters): Finding[] {
  const reading = read(cache, "engine");
  const engine = reading.state === "absent" ? "redis" : text(reading);
  const found = text(parameters.family);
  if (engine === undefined) return [notKnown("engine")];
  if (found === undefined) return [notKnown(PROPERTY)];
  if (engineOfFamily(found) !== engine)
    return [{ what: `${PROPERTY} is a group of ${found}, and its engine is ${engine}`, property: PROPERTY }];
  const version = read(cache, "engineVersion");
  if (version.state === "absent") return [];
  const number = text(version);
  if (number === undefined) return [notKnown("engineVersion")];
  const wanted = cacheFamilyOf(engine, number);
  return wanted === undefined || wanted === found
    ? []
    : [{ what: `${PROPERTY} is a group of ${found}, and ${engine} ${number} takes ${wanted}`, property: PROPERTY }];
}

function mode(cache: StackResource, { sharded }: CacheParameters): Finding[] {
  const shards = read(cache, SHARDS);
  if (shards.state === "absent" || sharded === true) return [];
  const count = number(shards);
  if (count !== undefined && count < 2) return [];
  if (count === undefined || sharded === undefined) return [notKnown(count === undefined ? SHARDS : PROPERTY)];
  return [{ what: `it has ${count} shards, and ${PROPERTY} is a group without cluster mode`, property: PROPERTY }];
}
