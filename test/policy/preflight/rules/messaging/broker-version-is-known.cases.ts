import { UNKNOWN } from "../../../../../policy/lib/resource";
import { brokerVersionIsKnown as rule } from "../../../../../policy/preflight/rules/messaging/broker-version-is-known";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const BROKER = "aws:mq/broker:Broker";
const broker = like(BROKER, { engineType: "ActiveMQ", engineVersion: "5.18" });

export const cases: RuleCases = {
  rule,
  pass: { "of ActiveMQ": broker(), "of RabbitMQ": broker({ engineType: "RABBITMQ", engineVersion: "3.13" }) },
  fail: {
    "with a patch": { given: broker({ engineVersion: "5.18.4" }), says: /5\.18\.4; the patch is not yours to choose/ },
    "that has ended": { given: broker({ engineVersion: "5.16.7" }), says: /5\.16\.7, and ActiveMQ begins with 5\.18/ },
    "of RabbitMQ that has ended": { given: broker({ engineType: "RabbitMQ", engineVersion: "3.8.34" }), says: /begins with 3\.13/ },
    "that is none": { given: broker({ engineVersion: "latest" }), says: /engineVersion is latest/ },
  },
  absent: {
    "without a version": { given: broker({ engineVersion: null }), says: /engineVersion is absent/ },
  },
  unknown: {
    "while it is not known": broker({ engineVersion: UNKNOWN }),
    "while the engine is not known": broker({ engineType: UNKNOWN }),
    "that is newer than what is known here": broker({ engineVersion: "6.1" }),
  },
  mutations: {
    "the broker names its patch": (stack) => stack.set(stack.one(BROKER), "engineVersion", "5.18.4"),
  },
};
