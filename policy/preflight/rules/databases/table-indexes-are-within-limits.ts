import { DYNAMODB_LIMITS } from "../../../../facts/limits-dynamodb";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, read, readAll, type Resource, text, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { inEach, unlessOneOf } from "../../../lib/settings/amounts";
import { unlessPresent, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { TABLE } from "../../../lib/stores/store-rule";

const GLOBAL = "globalSecondaryIndexes";
const LOCAL = "localSecondaryIndexes";
const PROJECTIONS = ["ALL", "KEYS_ONLY", "INCLUDE"];

/** Left out, there are no indexes. Indexes that are resources of their own are not counted. */
export const tableIndexesAreWithinLimits = resourceRule({
  id: "table-indexes-are-within-limits",
  title: "The indexes of every table are no more than DynamoDB takes, and each is complete",
  severity: "medium",
  why: "A table has up to 20 global and 5 local indexes, and local ones can't be added later: a table that was planned with more must be made anew.",
  fix: "Drop indexes, give each a name of its own and a projectionType, and list nonKeyAttributes only with INCLUDE; local indexes need a rangeKey of the table.",
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"],
  frameworks: [],
  types: [TABLE],
  check: (table) => [refused(table, findings(table))],
});

function findings(table: Resource): readonly Finding[] {
  const { globalIndexes, localIndexes, projectedAttributes } = DYNAMODB_LIMITS;
  const rangeKey = unlessPresent(table, "rangeKey", "it has local indexes and no rangeKey");
  return [
    ...tooMany(table, GLOBAL, "global indexes", globalIndexes.value),
    ...tooMany(table, LOCAL, "local indexes", localIndexes.value),
    ...where(hasAny(table, LOCAL), LOCAL, rangeKey),
    ...twice(table),
    ...[GLOBAL, LOCAL].flatMap((list) => inEach(table, list, (path) => projection(table, path))),
    ...projected(table, projectedAttributes.value),
  ];
}

function tooMany(table: Resource, list: string, what: string, most: number): Finding[] {
  const count = elements(read(table, list)).length;
  return count > most ? [{ what: `it has ${count} ${what}, and ${most} are taken`, property: list }] : [];
}

/** Whether a list has anything in it; undefined while the list is not known. */
function hasAny(table: Resource, list: string): Tri {
  const reading = read(table, list);
  return reading.state === "unknown" ? undefined : elements(reading).length > 0;
}

function twice(table: Resource): Finding[] {
  const readings = [GLOBAL, LOCAL].flatMap((list) => readAll(table, `${list}[*].name`));
  const names = readings.flatMap((name) => text(name) ?? []);
  const again = names.filter((name, index) => names.indexOf(name) !== index);
  const open = readings.length > 1 && readings.some(({ state }) => state === "unknown");
  return [
    ...[...new Set(again)].map((name) => ({ what: `two of its indexes are called ${name}`, property: GLOBAL })),
    ...(open ? [{ what: "the names of its indexes are not all known yet", property: GLOBAL, unknown: true }] : []),
  ];
}

function projection(table: Resource, path: string): Finding[] {
  const property = `${path}.projectionType`;
  const wrong = unlessOneOf(table, property, PROJECTIONS);
  const kind = read(table, property);
  if (wrong.length > 0 || kind.state === "unknown") return wrong;
  const named = hasAny(table, `${path}.nonKeyAttributes`);
  if (named === undefined) return [notKnown(`${path}.nonKeyAttributes`)];
  if (text(kind) === "INCLUDE" && !named) return [{ what: `${property} is INCLUDE and nonKeyAttributes is empty`, property }];
  return text(kind) !== "INCLUDE" && named ? [{ what: `${property} is ${text(kind)} and nonKeyAttributes is set`, property }] : [];
}

function projected(table: Resource, most: number): Finding[] {
  const lists = [GLOBAL, LOCAL].flatMap((list) => readAll(table, `${list}[*].nonKeyAttributes`));
  if (lists.some(({ state }) => state === "unknown")) return [notKnown(`${GLOBAL}[*].nonKeyAttributes`)];
  const count = lists.flatMap(elements).length;
  return count > most ? [{ what: `its indexes project ${count} attributes by name, and ${most} are taken`, property: GLOBAL }] : [];
}
