import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { TABLE } from "../../../lib/stores/store-rule";

const ENABLED = "ttl.enabled";
const ATTRIBUTE = "ttl.attributeName";

/** Of tables whose items expire; left out, the switch is off. */
export const tableTtlNamesAttribute = resourceRule({
  id: "table-ttl-names-attribute",
  title: "A table whose items expire names the attribute that says when",
  severity: "medium",
  why: "Without the attribute the setting is refused once the table is there; a name without the switch expires nothing, and nobody notices.",
  fix: `Set ${ATTRIBUTE} to the attribute that holds the time in seconds, and ${ENABLED} to true.`,
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html"],
  frameworks: [],
  types: [TABLE],
  check: (table) => (isSet(table, "ttl") ? [refused(table, findings(table))] : []),
});

function findings(table: Resource): Finding[] {
  const enabled = readFlag(table, ENABLED, false);
  const attribute = read(table, ATTRIBUTE);
  const named = attribute.state !== "absent" && text(attribute) !== "";
  if (enabled === undefined) return [notKnown(ENABLED)];
  if (attribute.state === "unknown") return [notKnown(ATTRIBUTE)];
  if (enabled && !named) return [{ what: `${ENABLED} is on and ${ATTRIBUTE} is absent`, property: ATTRIBUTE }];
  return !enabled && named ? [{ what: `${ATTRIBUTE} is ${text(attribute)} and ${ENABLED} is off`, property: ENABLED }] : [];
}
