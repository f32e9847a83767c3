import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, inEach, unlessOneOf } from "../../../lib/settings/amounts";
import { unlessLeftOut } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { TABLE } from "../../../lib/stores/store-rule";
import { isRestored } from "../../../lib/stores/table-keys";

const MODE = "billingMode";
const MODES = ["PROVISIONED", "PAY_PER_REQUEST"];
const CAPACITIES = ["readCapacity", "writeCapacity"];

/** Left out, the mode is PROVISIONED. */
export const tableCapacityFitsBilling = resourceRule({
  id: "table-capacity-fits-billing",
  title: "A provisioned table and its indexes have capacities, and a table on demand has none",
  severity: "high",
  why: "A provisioned table without capacities is refused; capacities of a table on demand are never applied, so nobody gets what the program says.",
  fix: `Set ${MODE} to PAY_PER_REQUEST and drop ${CAPACITIES.join(" and ")}, or set both, at least 1, on the table and each global index.`,
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html"],
  frameworks: [],
  types: [TABLE],
  check: (table) => (isRestored(table) ? [] : [refused(table, findings(table))]),
});

function findings(table: Resource): Finding[] {
  const wrong = unlessOneOf(table, MODE, MODES);
  if (wrong.length > 0) return wrong;
  const look = text(read(table, MODE)) === "PAY_PER_REQUEST" ? onDemand : provisioned;
  const ofIndexes = inEach(table, "globalSecondaryIndexes", (path) => look(table, `${path}.`));
  const limit = look === provisioned ? unlessLeftOut(table, "onDemandThroughput", "onDemandThroughput is set on a provisioned table") : [];
  return [...look(table, ""), ...ofIndexes, ...limit];
}

function provisioned(table: Resource, at: string): Finding[] {
  return CAPACITIES.flatMap((name): Finding[] => {
    const property = `${at}${name}`;
    const reading = read(table, property);
    if (reading.state === "unknown") return [notKnown(property)];
    const capacity = amount(reading);
    if (capacity !== undefined && capacity >= 1) return [];
    return [{ what: `the table is provisioned and ${property} is ${capacity === undefined ? "absent" : capacity}`, property }];
  });
}

function onDemand(table: Resource, at: string): Finding[] {
  return CAPACITIES.flatMap((name): Finding[] => {
    const property = `${at}${name}`;
    const reading = read(table, property);
    if (reading.state === "unknown") return [notKnown(property)];
    const capacity = amount(reading) ?? 0;
    return capacity === 0 ? [] : [{ what: `the table is on demand and ${property} is ${capacity}`, property }];
  });
}
