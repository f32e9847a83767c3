import { UNKNOWN } from "../../../../../policy/lib/resource";
import { performanceInsightsFitsClass as rule } from "../../../../../policy/preflight/rules/databases/performance-insights-fits-class";
import { type RuleCases } from "../../../cases";
import { INSTANCE, like } from "../../given";

const instance = like(INSTANCE, { engine: "mysql", instanceClass: "db.m7g.large", performanceInsightsEnabled: true });

export const cases: RuleCases = {
  rule,
  pass: {
    "on a class that has them": instance(),
    "on a small PostgreSQL": instance({ engine: "postgres", instanceClass: "db.t4g.micro" }),
    "for five months": instance({ performanceInsightsRetentionPeriod: 155 }),
    "in the advanced mode for fifteen months": instance({ databaseInsightsMode: "advanced", performanceInsightsRetentionPeriod: 465 }),
  },
  fail: {
    "on a small MySQL": { given: instance({ instanceClass: "db.t4g.micro" }), says: /db\.t4g\.micro has no Performance Insights on mysql/ },
    "for 30 days": { given: instance({ performanceInsightsRetentionPeriod: 30 }), says: /performanceInsightsRetentionPeriod is 30/ },
    "kept while they are off": {
      given: instance({ performanceInsightsEnabled: false, performanceInsightsRetentionPeriod: 7 }),
      says: /performanceInsightsRetentionPeriod is set and performanceInsightsEnabled is off/,
    },
    "in the advanced mode for a week": { given: instance({ databaseInsightsMode: "advanced" }), says: /keeps 7 days, not 465/ },
  },
  absent: { "without them": { given: instance({ performanceInsightsEnabled: null, instanceClass: "db.t4g.micro" }), says: "pass" } },
  unknown: {
    "while nobody knows whether they are kept and off": instance({
      performanceInsightsEnabled: false,
      performanceInsightsRetentionPeriod: UNKNOWN,
    }),
    "while the mode is not known": instance({ databaseInsightsMode: UNKNOWN }),
    "while the mode is not known and they are off": instance({ databaseInsightsMode: UNKNOWN, performanceInsightsEnabled: false }),
    "while nobody knows whether they are on": instance({ performanceInsightsEnabled: UNKNOWN }),
    "while the class is not known": instance({ instanceClass: UNKNOWN }),
  },
  mutations: {
    "a MySQL with insights is made small": (stack) => stack.set(stack.one(INSTANCE, "crm"), "instanceClass", "db.t4g.small"),
    "insights are kept for 30 days": (stack) => stack.set(stack.one(INSTANCE, "partners"), "performanceInsightsRetentionPeriod", 30),
  },
};
