import { UNKNOWN } from "../../../../../policy/lib/resource";
import { tableTtlNamesAttribute as rule } from "../../../../../policy/preflight/rules/databases/table-ttl-names-attribute";
import { type RuleCases } from "../../../cases";
import { like, TABLE } from "../../given";

const table = like(TABLE, { hashKey: "id" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with both": table({ ttl: { enabled: true, attributeName: "expiresAt" } }),
    "with the switch as a text": table({ ttl: { enabled: "true", attributeName: "expiresAt" } }),
    "turned off, with an empty name": table({ ttl: { enabled: false, attributeName: "" } }),
  },
  fail: {
    "with an empty attribute": {
      given: table({ ttl: { enabled: true, attributeName: "" } }),
      says: /ttl\.enabled is on and ttl\.attributeName is absent/,
    },
    "with an attribute and the switch off": {
      given: table({ ttl: { enabled: false, attributeName: "expiresAt" } }),
      says: /attributeName is expiresAt and ttl\.enabled is off/,
    },
  },
  absent: {
    "without it": { given: table(), says: "nothing" },
    "with the switch alone": { given: table({ ttl: { enabled: true } }), says: /attributeName is absent/ },
    "with an attribute alone": { given: table({ ttl: { attributeName: "expiresAt" } }), says: /ttl\.enabled is off/ },
  },
  unknown: {
    "while nobody knows whether it is on": table({ ttl: { enabled: UNKNOWN, attributeName: "expiresAt" } }),
    "while the attribute is not known": table({ ttl: { enabled: true, attributeName: UNKNOWN } }),
    "while the attribute of a switch that is off is not known": table({ ttl: { enabled: false, attributeName: UNKNOWN } }),
  },
  mutations: {
    "the attribute that items expire by is dropped": (stack) =>
      stack.set(stack.one(TABLE, "sessions"), ["ttl", "attributeName"], undefined),
    "items are no more to expire, and the attribute stays": (stack) => stack.set(stack.one(TABLE, "sessions"), ["ttl", "enabled"], false),
  },
};
