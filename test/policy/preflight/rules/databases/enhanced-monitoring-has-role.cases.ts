import { UNKNOWN } from "../../../../../policy/lib/resource";
import { enhancedMonitoringHasRole as rule } from "../../../../../policy/preflight/rules/databases/enhanced-monitoring-has-role";
import { type RuleCases } from "../../../cases";
import { GOOD_INSTANCE, INSTANCE, like } from "../../given";

const instance = like(INSTANCE, GOOD_INSTANCE);
const ROLE = "arn:aws:iam::1:role/monitoring";

export const cases: RuleCases = {
  rule,
  pass: {
    "with an interval and a role": instance({ monitoringInterval: 60, monitoringRoleArn: ROLE }),
    "with a role that is not known yet": instance({ monitoringInterval: "30", monitoringRoleArn: UNKNOWN }),
    "with an interval of 0 and no role": instance({ monitoringInterval: 0 }),
  },
  fail: {
    "with an interval and no role": {
      given: instance({ monitoringInterval: 60 }),
      says: /monitoringInterval is 60 and monitoringRoleArn is absent/,
    },
    "with an interval that RDS does not have": {
      given: instance({ monitoringInterval: 20, monitoringRoleArn: ROLE }),
      says: /monitoringInterval is 20; it can be 0, 1, 5/,
    },
    "with a role and an interval of 0": {
      given: instance({ monitoringInterval: 0, monitoringRoleArn: ROLE }),
      says: /monitoringInterval is 0/,
    },
  },
  absent: {
    "with neither": { given: instance(), says: "pass" },
    "with a role alone": { given: instance({ monitoringRoleArn: ROLE }), says: /monitoringRoleArn is set and monitoringInterval is 0/ },
  },
  unknown: {
    "while the interval is not known": instance({ monitoringInterval: UNKNOWN }),
    "while the interval to a role is not known": instance({ monitoringInterval: UNKNOWN, monitoringRoleArn: ROLE }),
  },
  mutations: {
    "the monitoring role is dropped": (stack) => stack.set(stack.one(INSTANCE, "crm"), "monitoringRoleArn", undefined),
    "the interval is one that RDS does not have": (stack) => stack.set(stack.one(INSTANCE, "erp"), "monitoringInterval", 45),
  },
};
