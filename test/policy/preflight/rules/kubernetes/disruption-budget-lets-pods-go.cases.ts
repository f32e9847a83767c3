import { disruptionBudgetLetsPodsGo as rule } from "../../../../../policy/preflight/rules/kubernetes/disruption-budget-lets-pods-go";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";

const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const LABELS = { app: "orders" };

/** A budget for a workload of so many copies. */
function budget(spec: Inputs, replicas: Input = 3): Given {
  return (stack) => {
    stack.add("kubernetes:apps/v1:Deployment", "orders", {
      metadata: { name: "orders" },
      spec: { replicas, template: { metadata: { labels: LABELS } } },
    });
    return stack.add(BUDGET, "orders", { spec: { selector: { matchLabels: LABELS }, ...spec } });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "one of three": budget({ maxUnavailable: 1 }),
    "a quarter": budget({ maxUnavailable: "25%" }, 1),
    "all but one": budget({ minAvailable: 2 }),
    "half of three": budget({ minAvailable: "50%" }),
    "of a workload from elsewhere": (stack) =>
      stack.add(BUDGET, "orders", { spec: { minAvailable: 1, selector: { matchLabels: LABELS } } }),
  },
  fail: {
    none: { given: budget({ maxUnavailable: 0 }), says: /orders lets no pod be evicted: maxUnavailable is 0/ },
    "none, by percent": { given: budget({ maxUnavailable: "0%" }, UNKNOWN), says: /maxUnavailable is 0%/ },
    "when all must stay": { given: budget({ minAvailable: "100%" }), says: /minAvailable is 100%/ },
    "when as many as there are must stay": {
      given: budget({ minAvailable: 3 }),
      says: /minAvailable is 3, and orders has 3 at its fewest/,
    },
    "when half of one must stay, which is one": { given: budget({ minAvailable: "50%" }, 1), says: /orders has 1 at its fewest/ },
  },
  absent: {
    "of both numbers": { given: budget({}), says: "pass" },
    "of the copies, of which there is then one": { given: budget({ minAvailable: 1 }, null), says: /orders has 1/ },
  },
  unknown: {
    "while the number is not known": budget({ maxUnavailable: UNKNOWN }),
    "while the copies are not known": budget({ minAvailable: 1 }, UNKNOWN),
  },
  mutations: {
    "no pod of a service may be evicted": (stack) => stack.set(stack.one(BUDGET, "sessions"), ["spec", "maxUnavailable"], 0),
    "every pod of a service must stay": (stack) => {
      const found = stack.one(BUDGET, "sessions");
      const spec = found.inputs["spec"];
      if (typeof spec !== "object" || spec === null || Array.isArray(spec)) throw new Error("the budget has no spec");
      const { maxUnavailable: _, ...others } = spec;
      stack.set(found, "spec", { ...others, minAvailable: 3 });
    },
  },
};
