import { REPLICA_STREAM } from "../../../../facts/limits-dynamodb";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { TABLE } from "../../../lib/stores/store-rule";

const ENABLED = "streamEnabled";
const VIEW = "streamViewType";
const VIEWS = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"];

/** Left out, a table has no stream, and one without replicas needs none. */
export const tableStreamIsComplete = resourceRule({
  id: "table-stream-is-complete",
  title: "A table with a stream says what is in it, and one with replicas streams both images",
  severity: "high",
  why: "Replicas in other regions are fed from the stream: without the new and the old image they are refused, after the table itself was made.",
  fix: `Set ${ENABLED} to true and ${VIEW} to ${REPLICA_STREAM.view} on a table with replicas; on others set both or none.`,
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_reqs_bestpractices.html"],
  frameworks: [],
  types: [TABLE],
  check: (table) => [refused(table, findings(table))],
});

function findings(table: Resource): Finding[] {
  const wrong = unlessOneOf(table, VIEW, VIEWS);
  const enabled = readFlag(table, ENABLED, false);
  const view = read(table, VIEW);
  const replicas = read(table, "replicas");
  const replicated = elements(replicas).length > 0;
  if (wrong.length > 0 || (enabled === false && !replicated)) return wrong;
  if (enabled === undefined) return [notKnown(ENABLED)];
  if (enabled && !isSet(table, VIEW)) return [{ what: `${ENABLED} is on and ${VIEW} is absent`, property: VIEW }];
  if (!replicated || (enabled && text(view) === REPLICA_STREAM.view)) return [];
  if (replicas.state === "unknown") return [notKnown("replicas")];
  const what = enabled ? `${VIEW} is ${text(view)}` : `${ENABLED} is off`;
  return [{ what: `it has replicas, which need a stream of ${REPLICA_STREAM.view}, and ${what}`, property: enabled ? VIEW : ENABLED }];
}
