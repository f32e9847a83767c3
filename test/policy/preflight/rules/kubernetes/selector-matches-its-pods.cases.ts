import { selectorMatchesItsPods as rule } from "../../../../../policy/preflight/rules/kubernetes/selector-matches-its-pods";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function workload(matchLabels: Inputs[string], labels: Inputs[string], more: Inputs = {}): Given {
  return (stack) => stack.add(DEPLOYMENT, "orders", { spec: { selector: { matchLabels, ...more }, template: { metadata: { labels } } } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "some of its labels": workload({ app: "orders" }, { app: "orders", tier: "shop" }),
    "an expression": workload({}, { app: "orders" }, { matchExpressions: [{ key: "app", operator: "Exists" }] }),
  },
  fail: {
    "another value": { given: workload({ app: "orders" }, { app: "order" }), says: /orders: its pods have no label app=orders/ },
    "a label that is not there, next to one that is not known": {
      given: workload({ app: "orders", team: "shop" }, { app: UNKNOWN }),
      says: /no label team=shop/,
    },
  },
  absent: {
    "of the labels": { given: workload({ app: "orders" }, null), says: /no label app=orders/ },
    "of the selector": { given: workload(null, { app: "orders" }), says: /it has no selector/ },
  },
  unknown: {
    "while a label is not known": workload({ app: "orders" }, { app: UNKNOWN }),
    "while the selector is not known": workload(UNKNOWN, { app: "orders" }),
  },
  mutations: {
    "the pods of a workload have another label": (stack) =>
      stack.set(
        stack.one("kubernetes:apps/v1:DaemonSet", "telemetry"),
        ["spec", "template", "metadata", "labels", "app.kubernetes.io/name"],
        "telemetry-agent",
      ),
  },
};
