import { busIsNotTheSystemOfRecord as rule } from "../../../../policy/architecture/rules/bus-is-not-the-system-of-record";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";

/** A service that declares what it needs, beside another one that does. */
function service(needs: Json, others?: Json): Given {
  return (stack) => {
    if (others !== undefined) stack.add("strata:service:Service", "billing", { needs: others });
    return stack.add("strata:service:Service", "orders", { needs });
  };
}

function topic(configs: Json): Given {
  return (stack) => stack.add("aws:msk/topic:Topic", "orders", { configs });
}

const cache = { kind: "cache", name: "orders", access: "write" };
const keeps = { kind: "store", name: "orders", access: "write" };

export const cases: RuleCases = {
  rule,
  pass: {
    "when the service keeps its data too": service([cache, keeps]),
    "when one that it calls does": service([cache, { kind: "service", name: "billing" }], [keeps]),
    "when it says what the content is rebuilt from": service([{ ...cache, rebuiltFrom: "the model" }]),
    "a topic with a retention": topic(JSON.stringify({ "retention.ms": "604800000" })),
  },
  fail: {
    "when nothing keeps what it puts into a cache": {
      given: service([cache]),
      says: /orders puts data into cache orders, and nothing keeps it/,
    },
    "a topic that keeps its records for ever": {
      given: topic(JSON.stringify({ "retention.ms": "-1" })),
      says: /topic orders keeps its records for ever: retention.ms is -1/,
    },
  },
  absent: { "of a topic's settings: a week": { given: topic(null), says: "pass" } },
  unknown: {
    "while its needs are not known": service(UNKNOWN),
    "while those of one that may keep its data are not": service([cache], UNKNOWN),
    "while the settings of a topic are not known": topic(UNKNOWN),
  },
  mutations: {
    "a topic keeps its records for ever": (stack) => {
      const orders = stack.one("aws:msk/topic:Topic");
      stack.edit(orders, "configs", (settings) => ({ ...(settings as object), "retention.ms": "-1" }));
    },
    "a cache is no longer said to be rebuilt": (stack) =>
      stack.set(stack.one("strata:service:Service", "recommendations"), ["needs", 0, "rebuiltFrom"], undefined),
  },
};
