import { UNKNOWN } from "../../../../../policy/lib/resource";
import { queueSettingsAreInRange as rule } from "../../../../../policy/preflight/rules/messaging/queue-settings-are-in-range";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const QUEUE = "aws:sqs/queue:Queue";
const queue = like(QUEUE, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "at the ends": queue({ delaySeconds: 900, visibilityTimeoutSeconds: "43200", messageRetentionSeconds: 60, receiveWaitTimeSeconds: 20 }),
    "with a key": queue({ kmsMasterKeyId: UNKNOWN, sqsManagedSseEnabled: false }),
  },
  fail: {
    "with a long delay": { given: queue({ delaySeconds: 901 }), says: /delaySeconds is 901; it can be 0 to 900 seconds/ },
    "with a long visibility": { given: queue({ visibilityTimeoutSeconds: 50_000 }), says: /visibilityTimeoutSeconds is 50000/ },
    "with a long retention": { given: queue({ messageRetentionSeconds: 2_592_000 }), says: /60 to 1209600 seconds/ },
    "with text that is no number": { given: queue({ delaySeconds: "5m" }), says: /delaySeconds is no number/ },
    "with two ways to encrypt": {
      given: queue({ kmsMasterKeyId: "a", sqsManagedSseEnabled: true }),
      says: /sqsManagedSseEnabled is on and kmsMasterKeyId is set/,
    },
  },
  absent: { "without any": { given: queue(), says: "pass" } },
  unknown: {
    "while one is not known": queue({ delaySeconds: UNKNOWN }),
    "while one of two ways is not known": queue({ kmsMasterKeyId: "a", sqsManagedSseEnabled: UNKNOWN }),
  },
  mutations: {
    "dead letters are to be kept for a month": (stack) =>
      stack.set(stack.one(QUEUE, "log-shipper-dead"), "messageRetentionSeconds", 2_592_000),
    "a queue is encrypted in two ways": (stack) => stack.set(stack.one(QUEUE, "log-poller-dead"), "kmsMasterKeyId", "alias/orders"),
  },
};
