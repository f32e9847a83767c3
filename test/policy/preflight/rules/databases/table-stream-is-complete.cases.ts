import { UNKNOWN } from "../../../../../policy/lib/resource";
import { tableStreamIsComplete as rule } from "../../../../../policy/preflight/rules/databases/table-stream-is-complete";
import { type RuleCases } from "../../../cases";
import { like, TABLE } from "../../given";

const table = like(TABLE, { hashKey: "id" });
const replicas = [{ regionName: "eu-central-1" }];
const both = { streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" };

export const cases: RuleCases = {
  rule,
  pass: {
    "with a stream that says what is in it": table({ streamEnabled: true, streamViewType: "KEYS_ONLY" }),
    "with replicas and both images": table({ replicas, ...both }),
    "with an empty list of replicas": table({ replicas: [] }),
  },
  fail: {
    "with replicas and no stream": {
      given: table({ replicas, streamEnabled: false }),
      says: /replicas, which need a stream of NEW_AND_OLD_IMAGES, and streamEnabled is off/,
    },
    "with replicas and one image": {
      given: table({ replicas, streamEnabled: true, streamViewType: "NEW_IMAGE" }),
      says: /streamViewType is NEW_IMAGE/,
    },
    "with a view that there is not": { given: table({ ...both, streamViewType: "ALL" }), says: /streamViewType is "ALL"/ },
  },
  absent: {
    "without a stream": { given: table(), says: "pass" },
    "with replicas and nothing else": { given: table({ replicas }), says: /streamEnabled is off/ },
    "with a stream that doesn't say what is in it": {
      given: table({ streamEnabled: true }),
      says: /streamEnabled is on and streamViewType is absent/,
    },
  },
  unknown: {
    "while nobody knows whether it has a stream": table({ streamEnabled: UNKNOWN }),
    "while the replicas are not known": table({ replicas: UNKNOWN }),
    "while the view is not known": table({ replicas, streamEnabled: true, streamViewType: UNKNOWN }),
  },
  mutations: {
    "a table gets a replica and no stream": {
      change: (stack) =>
        stack.set(stack.one(TABLE, "payments"), "replicas", [
          { regionName: "us-west-2", kmsKeyArn: "arn:aws:kms:us-west-2:444455556666:key/payments" },
        ]),
      also: ["table-replica-is-kept-like-its-table"],
    },
    "a stream is turned on without a view": (stack) => stack.set(stack.one(TABLE, "sessions"), "streamEnabled", true),
  },
};
