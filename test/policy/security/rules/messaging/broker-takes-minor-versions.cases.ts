import { brokerTakesMinorVersions as rule } from "../../../../../policy/security/rules/messaging/broker-takes-minor-versions";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const BROKER = "aws:mq/broker:Broker";
const FLAG = "autoMinorVersionUpgrade";

export const cases: RuleCases = {
  rule,
  pass: { "with it on": given(BROKER, { [FLAG]: true }) },
  fail: { "with it off": { given: given(BROKER, { [FLAG]: false }), says: /orders stays on its minor version/ } },
  absent: { "without the flag, which is off": { given: given(BROKER), says: /autoMinorVersionUpgrade is off/ } },
  unknown: { "while the flag is not known": given(BROKER, { [FLAG]: UNKNOWN }) },
  mutations: {
    "the broker waits for a person to patch it": (stack) => stack.set(stack.one(BROKER), FLAG, false),
  },
};
