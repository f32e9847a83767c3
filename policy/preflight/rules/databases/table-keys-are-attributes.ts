import { KEY_TYPES } from "../../../../facts/limits-dynamodb";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { readAll, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { inEach, isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { TABLE } from "../../../lib/stores/store-rule";
import { isRestored, keysOf } from "../../../lib/stores/table-keys";

const INDEX = "aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex";
const ATTRIBUTES = "attributes";

/** Looks at the whole stack: an index can be a resource of its own, whose keys the table declares too. A restored table has its keys. */
export const tableKeysAreAttributes = stackRule({
  id: "table-keys-are-attributes",
  title: "Every key of a table and its indexes is a declared attribute, and nothing else is declared",
  severity: "high",
  why: "DynamoDB has no schema but its keys: it refuses a key that is not declared, and an attribute that is no key.",
  fix: "Give attributes one entry, with name and type S, N or B, for each hashKey and rangeKey of the table and its indexes, and no other entry.",
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html"],
  frameworks: [],
  check: (stack) =>
    stack
      .ofType(TABLE)
      .filter((table) => !isRestored(table))
      .map((table) => refused(table, findings(table, stack))),
});

function findings(table: StackResource, stack: StackGraph): Finding[] {
  const missing = isSet(table, "hashKey") ? [] : [{ what: "hashKey is absent", property: "hashKey" }];
  const types = inEach(table, ATTRIBUTES, (path) => unlessOneOf(table, `${path}.type`, KEY_TYPES.types));
  return [...missing, ...types, ...undeclared(table), ...unused(table, stack)];
}

function undeclared(table: StackResource): Finding[] {
  const declared = readAll(table, `${ATTRIBUTES}[*].name`);
  const open = declared.some(({ state }) => state === "unknown");
  return [...new Set(keysOf(table).map(text))].flatMap((key): Finding[] => {
    if (key === undefined) return [notKnown("hashKey")];
    if (declared.some((attribute) => text(attribute) === key)) return [];
    return open ? [notKnown(ATTRIBUTES)] : [{ what: `its key ${key} is no attribute`, property: ATTRIBUTES }];
  });
}

function unused(table: StackResource, stack: StackGraph): Finding[] {
  const keys = keysOf(table);
  if (stack.referring(table, "tableName", [INDEX]).length > 0) return [];
  const open = keys.some(({ state }) => state === "unknown");
  return readAll(table, `${ATTRIBUTES}[*].name`).flatMap((attribute): Finding[] => {
    if (attribute.state === "unknown") return [notKnown(ATTRIBUTES)];
    const name = text(attribute);
    if (name === undefined || keys.some((key) => text(key) === name)) return [];
    return open ? [notKnown(ATTRIBUTES)] : [{ what: `its attribute ${name} is no key of it or of an index`, property: ATTRIBUTES }];
  });
}
