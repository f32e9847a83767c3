import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type Reading, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { clusterOf, DB_CLUSTER, DB_MEMBER, familyOf } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const GROUP = "aws:rds/parameterGroup:ParameterGroup";
const CLUSTER_GROUP = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

/** Where a type names its parameter group. */
const NAMED: Readonly<Record<string, { readonly property: string; readonly group: string }>> = {
  [DB_INSTANCE]: { property: "parameterGroupName", group: GROUP },
  [DB_MEMBER]: { property: "dbParameterGroupName", group: GROUP },
  [DB_CLUSTER]: { property: "dbClusterParameterGroupName", group: CLUSTER_GROUP },
};

/**
 * Looks at the whole stack, which has the groups. Left out, AWS takes its own group of the version.
 * A group from outside says its family only where it is one of AWS's own, such as `default.postgres17`.
 */
export const parameterGroupFitsEngine = stackRule({
  id: "parameter-group-fits-engine",
  title: "The parameter group of every database is of its engine and major version",
  severity: "high",
  why: "RDS refuses a database whose parameter group is of another family, as after an upgrade of the version that forgot the group.",
  fix: "Set the group's family to the engine with its major version, such as postgres17, mysql8.4 or aurora-postgresql17, in the same change as engineVersion.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html"],
  frameworks: [],
  check: (stack) =>
    Object.entries(NAMED).flatMap(([type, { property, group }]) =>
      stack.ofType(type).flatMap((database) => verdicts(database, stack, property, group)),
    ),
});

function verdicts(database: StackResource, stack: StackGraph, property: string, group: string): Verdict[] {
  if (!isSet(database, property)) return [];
  const family = familyIn(database, stack, property, group);
  return family === undefined ? [] : [refused(database, findings(database, stack, family, property))];
}

/** The family of the group; undefined where the group is one from outside that doesn't say it. */
function familyIn(database: StackResource, stack: StackGraph, property: string, group: string): Reading | undefined {
  const reference = stack.reference(database, property, [group]);
  if (reference?.kind === "resource") return read(reference.resource, "family");
  if (reference?.kind === "unknown") return { state: "unknown" };
  const [, value] = /^default(?:\.cluster)?[.:](.+)$/.exec(reference?.id ?? "") ?? [];
  return value === undefined ? undefined : { state: "known", value };
}

function findings(database: StackResource, stack: StackGraph, family: Reading, property: string): Finding[] {
  const found = text(family);
  if (found === undefined) return [notKnown(property)];
  const { engine, version } = engineOf(database, stack);
  const name = text(engine);
  if (engine.state === "absent") return [];
  if (name === undefined) return [notKnown("engine")];
  // Whatever its version is, the group of another engine is wrong.
  if (!isOf(name, found)) return [{ what: `${property} is a group of ${found}, and its engine is ${name}`, property }];
  const number = text(version);
  if (number === undefined) {
    const what = version.state === "absent" ? "engineVersion is absent, so AWS chooses it" : "engineVersion is not known yet";
    return [{ what, property: "engineVersion", unknown: true }];
  }
  const wanted = familyOf(name, number);
  return wanted === undefined || wanted === found
    ? []
    : [{ what: `${property} is a group of ${found}, and ${name} ${number} takes ${wanted}`, property }];
}

/** An instance that doesn't name its version has the one of its cluster. */
function engineOf(database: StackResource, stack: StackGraph): { engine: Reading; version: Reading } {
  const own = { engine: read(database, "engine"), version: read(database, "engineVersion") };
  if (database.type !== DB_MEMBER || own.version.state !== "absent") return own;
  const cluster = clusterOf(database, stack);
  return cluster?.kind === "resource"
    ? { ...own, version: read(cluster.resource, "engineVersion") }
    : { ...own, version: { state: "unknown" } };
}

function isOf(engine: string, family: string): boolean {
  const rest = family.startsWith(engine) ? family.slice(engine.length) : "";
  return /^-?\d/.test(rest);
}
