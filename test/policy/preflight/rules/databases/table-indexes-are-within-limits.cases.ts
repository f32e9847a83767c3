import { UNKNOWN } from "../../../../../policy/lib/resource";
import { tableIndexesAreWithinLimits as rule } from "../../../../../policy/preflight/rules/databases/table-indexes-are-within-limits";
import { type RuleCases } from "../../../cases";
import { like, TABLE } from "../../given";

const table = like(TABLE, { hashKey: "id" });
const indexes = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `i${at}`, hashKey: "id", projectionType: "ALL" }));
const GLOBAL = "globalSecondaryIndexes";

export const cases: RuleCases = {
  rule,
  pass: {
    "with 20 global indexes": table({ [GLOBAL]: indexes(20) }),
    "with 5 local ones": table({ rangeKey: "a", localSecondaryIndexes: indexes(5) }),
    "with one that includes attributes": table({ [GLOBAL]: [{ name: "a", projectionType: "INCLUDE", nonKeyAttributes: ["b"] }] }),
  },
  fail: {
    "with 21 global indexes": { given: table({ [GLOBAL]: indexes(21) }), says: /it has 21 global indexes, and 20 are taken/ },
    "with 6 local ones": { given: table({ rangeKey: "a", localSecondaryIndexes: indexes(6) }), says: /6 local indexes/ },
    "with a local one and no sort key": { given: table({ localSecondaryIndexes: indexes(1) }), says: /local indexes and no rangeKey/ },
    "with two of one name": { given: table({ [GLOBAL]: [...indexes(1), ...indexes(1)] }), says: /two of its indexes are called i0/ },
    "with one that includes nothing": {
      given: table({ [GLOBAL]: [{ name: "a", projectionType: "INCLUDE" }] }),
      says: /nonKeyAttributes is empty/,
    },
    "with one that names what it has": {
      given: table({ [GLOBAL]: [{ name: "a", projectionType: "ALL", nonKeyAttributes: ["b"] }] }),
      says: /is ALL and nonKeyAttributes is set/,
    },
    "with too many attributes by name": {
      given: table({
        [GLOBAL]: [{ name: "a", projectionType: "INCLUDE", nonKeyAttributes: Array.from({ length: 101 }, (_, at) => `a${at}`) }],
      }),
      says: /101 attributes by name/,
    },
  },
  absent: { "without indexes": { given: table(), says: "pass" } },
  unknown: {
    "while the name of one of two is not known": table({ [GLOBAL]: [...indexes(1), { name: UNKNOWN, projectionType: "ALL" }] }),
    "while nobody knows whether there are local ones": table({ localSecondaryIndexes: UNKNOWN }),
    "while the attributes it names are not known": table({ [GLOBAL]: [{ name: "a", projectionType: "ALL", nonKeyAttributes: UNKNOWN }] }),
    "while the indexes are not known": table({ [GLOBAL]: UNKNOWN }),
    "while a projection is not known": table({ [GLOBAL]: [{ name: "a", projectionType: UNKNOWN }] }),
  },
  mutations: {
    "a table has more indexes than DynamoDB takes": (stack) => stack.set(stack.one(TABLE, "payments"), GLOBAL, indexes(21)),
    "a table has a local index and no sort key": {
      change: (stack) =>
        stack.set(stack.one(TABLE, "sessions"), "localSecondaryIndexes", [{ name: "a", rangeKey: "id", projectionType: "ALL" }]),
    },
  },
};
