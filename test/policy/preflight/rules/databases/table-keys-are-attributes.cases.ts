import { UNKNOWN } from "../../../../../policy/lib/resource";
import { tableKeysAreAttributes as rule } from "../../../../../policy/preflight/rules/databases/table-keys-are-attributes";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { like, TABLE } from "../../given";

const KEY = { name: "id", type: "S" };
const DAY = { name: "day", type: "N" };
const table = like(TABLE, { hashKey: "id", attributes: [KEY] });
const byDay = { name: "by-day", hashKey: "day", projectionType: "ALL" };

export const cases: RuleCases = {
  rule,
  pass: {
    "with its key alone": table(),
    "with an index": table({ attributes: [KEY, DAY], globalSecondaryIndexes: [byDay] }),
    "with a local index": table({ attributes: [KEY, DAY], rangeKey: "day", localSecondaryIndexes: [{ name: "a", rangeKey: "day" }] }),
    "with an index that is a resource of its own": (stack) => {
      const made = stack.add(TABLE, "orders", { hashKey: "id", attributes: [KEY, DAY] });
      stack.add("aws:dynamodb/globalSecondaryIndex:GlobalSecondaryIndex", "by-day", { tableName: id(made) });
      return made;
    },
  },
  fail: {
    "with a key that is not declared": { given: table({ rangeKey: "day" }), says: /its key day is no attribute/ },
    "with an index whose key is not declared": { given: table({ globalSecondaryIndexes: [byDay] }), says: /its key day is no attribute/ },
    "with an attribute that is no key": { given: table({ attributes: [KEY, DAY] }), says: /its attribute day is no key/ },
    "with a type that keys don't have": {
      given: table({ attributes: [{ name: "id", type: "BOOL" }] }),
      says: /attributes\[0\]\.type is "BOOL"; it can be S, N, B/,
    },
  },
  absent: {
    "without a key": { given: table({ hashKey: null, attributes: null }), says: /hashKey is absent/ },
    "without attributes": { given: table({ attributes: null }), says: /its key id is no attribute/ },
    "of a table that is restored": { given: like(TABLE, { restoreSourceName: "theirs" })(), says: "nothing" },
  },
  unknown: {
    "while the name of an attribute too many is not known": table({ attributes: [KEY, { name: UNKNOWN, type: "N" }] }),
    "while the attributes are not known": table({ attributes: UNKNOWN }),
    "while a key is not known": table({ rangeKey: UNKNOWN }),
    "while the name of an attribute is not known": table({ rangeKey: "day", attributes: [KEY, { name: UNKNOWN, type: "N" }] }),
  },
  mutations: {
    "the attribute that items expire by is declared": (stack) =>
      stack.set(stack.one(TABLE, "sessions"), "attributes", [KEY, { name: "expiresAt", type: "N" }]),
    "a sort key is not declared": (stack) => stack.set(stack.one(TABLE, "payments"), "rangeKey", "day"),
  },
};
