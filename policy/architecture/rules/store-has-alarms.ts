import type { StackGraph } from "../../lib/graph";
import { isUnknown, type Json, readAll, readPath, some, type StackResource, text, type Tri } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";
import * as stores from "../../lib/stores/store-rule";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Stores whose health CloudWatch measures, with the properties by which its dimensions name each. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(stores.DB_CLUSTERS.map((type) => [type, ["clusterIdentifier", "id"]])),
  [stores.DB_INSTANCE]: ["identifier"],
  [stores.TABLE]: ["name"],
  [stores.REPLICATION_GROUP]: ["replicationGroupId", "id"],
  [stores.CACHE_CLUSTER]: ["clusterId", "id"],
  [stores.SERVERLESS_CACHE]: ["name", "id"],
  [stores.MEMORYDB_CLUSTER]: ["name", "id"],
  [stores.KAFKA_CLUSTER]: ["clusterName"],
  [stores.SERVERLESS_KAFKA]: ["clusterName"],
  [stores.BROKER]: ["brokerName"],
  [stores.WAREHOUSE]: ["clusterIdentifier", "id"],
  [stores.SERVERLESS_WORKGROUP]: ["workgroupName", "id"],
  [stores.SEARCH_DOMAIN]: ["domainName"],
};

/** Where an alarm names what it watches: dimensions of its own, and those of the metrics it computes with. */
const DIMENSIONS = ["dimensions", "metricQueries[*].metric.dimensions"];
const EXPRESSIONS = "metricQueries[*].expression";
/** A node of a store is called after it: `cache-001`, `activemq-1`, `cache-0001-001`. */
const NODE = /^(-\d{1,4}){1,2}$/;

/** An alarm counts for a store when a dimension of it names the store, one of its nodes or one of its instances, or a query of it does. */
export const storeHasAlarms = stackRule({
  id: "store-has-alarms",
  title: "Every store has an alarm that watches it",
  severity: "medium",
  why: "A full disk, a lagging replica or a busy processor shows for hours before a store stops; without an alarm the first sign is the service that fails.",
  fix: "Add a MetricAlarm whose dimensions name the store: its CPU, its free storage or memory, its lag, its connections or its throttled requests.",
  links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html"],
  frameworks: [],
  check: (stack) => {
    const alarms = stack.ofType(ALARM);
    return Object.keys(NAMES).flatMap((type) =>
      stack
        .ofType(type)
        .filter(stores.isOriginal)
        .map((store) => verdict(store, watched(store, alarms, stack))),
    );
  },
});

function verdict({ urn, name }: StackResource, isWatched: Tri): Verdict {
  if (isWatched === true) return pass(urn);
  if (isWatched === undefined) return notEvaluated(urn, "whether an alarm names it is not known yet");
  return fail(urn, `no alarm in the stack watches ${name}`);
}

function watched(store: StackResource, alarms: readonly StackResource[], stack: StackGraph): Tri {
  const members = stack.referring(store, "clusterIdentifier", stores.DB_MEMBERS);
  const named = [store, ...members].map((resource) => ({
    urn: resource.urn,
    names: namesOf(resource, resource === store ? (NAMES[store.type] ?? []) : ["identifier", "id"]),
  }));
  let open = false;
  // Each store is looked for in every alarm until one names it, so that an alarm is read once and not for each of them.
  const readings = stack.once(alarmReadings);
  for (const alarm of alarms) {
    const reading = readings.get(alarm.urn);
    if (reading === undefined) continue;
    for (const { urn, names } of named) {
      const found = watches(reading, urn, names);
      if (found === true) return true;
      if (found === undefined) open = true;
    }
  }
  return open ? undefined : false;
}

function namesOf({ inputs, outputs = {} }: StackResource, properties: readonly string[]): string[] {
  return properties.flatMap((property) => text(readPath(inputs, property)) ?? text(readPath(outputs, property)) ?? []);
}

/** What an alarm says of what it watches; undefined where that is not known yet. */
interface AlarmReading {
  readonly dimensions: readonly (readonly Json[] | undefined)[];
  readonly queries: readonly (string | undefined)[];
  /** URNs that the names in it come from. */
  readonly sources: readonly string[];
}

function alarmReadings(stack: StackGraph): ReadonlyMap<string, AlarmReading> {
  return new Map(
    stack.ofType(ALARM).map((alarm) => [
      alarm.urn,
      {
        dimensions: DIMENSIONS.flatMap((path) => readAll(alarm, path)).map((found) =>
          found.state === "known" ? valuesOf(found.value) : undefined,
        ),
        queries: readAll(alarm, EXPRESSIONS).map(text),
        sources: ["dimensions", "metricQueries"].flatMap((root) => alarm.propertyDependencies[root] ?? []),
      },
    ]),
  );
}

function watches({ dimensions, queries, sources }: AlarmReading, urn: string, names: readonly string[]): Tri {
  const found = some([
    ...dimensions.map((values): Tri => (values === undefined ? undefined : anyOf(values, names))),
    ...queries.map((query): Tri =>
      query === undefined ? undefined : names.some((name) => query.includes(`'${name}'`) || query.includes(`"${name}"`)),
    ),
  ]);
  if (found !== undefined) return found;
  // Of a name that is not known yet, what it is made from says whose it is.
  return sources.includes(urn) ? true : sources.length > 0 ? false : undefined;
}

function valuesOf(dimensions: Json): Json[] {
  return typeof dimensions === "object" && dimensions !== null ? Object.values(dimensions) : [];
}

function anyOf(values: readonly Json[], names: readonly string[]): Tri {
  return some(
    values.map((value): Tri => {
      if (isUnknown(value)) return undefined;
      return (
        typeof value === "string" && names.some((name) => value === name || (value.startsWith(name) && NODE.test(value.slice(name.length))))
      );
    }),
  );
}
