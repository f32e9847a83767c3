import { labelIsAccepted as rule } from "../../../../../policy/preflight/rules/kubernetes/label-is-accepted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const CONFIG = "kubernetes:core/v1:ConfigMap";

function labelled(labels: Inputs[string]): Given {
  return (stack) => stack.add(CONFIG, "settings", { metadata: { labels } });
}

export const cases: RuleCases = {
  rule,
  pass: { "short texts": labelled({ "app.kubernetes.io/name": "orders", version: "1.2_3", empty: "" }) },
  fail: {
    "a sentence": { given: labelled({ because: "it is so" }), says: /labels of settings: label because is "it is so"/ },
    "a long text, next to one that is not known": {
      given: labelled({ name: "a".repeat(64), other: UNKNOWN }),
      says: /label name is "a{64}"/,
    },
    "a boolean": { given: labelled({ monitored: true }), says: /label monitored is true, which is no text/ },
    "a key with two slashes": { given: labelled({ "a/b/c": "x" }), says: /"a\/b\/c" is no key of a label/ },
    "a path on the pods": {
      given: (stack) =>
        stack.add("kubernetes:apps/v1:Deployment", "orders", { spec: { template: { metadata: { labels: { path: "/orders" } } } } }),
      says: /label path is "\/orders"/,
    },
  },
  absent: { "of labels": { given: (stack) => stack.add(CONFIG, "settings", { metadata: {} }), says: "nothing" } },
  unknown: { "while the labels are not known": labelled(UNKNOWN), "while a label is not known": labelled({ app: UNKNOWN }) },
  mutations: {
    "a namespace is labelled with a sentence": (stack) =>
      stack.set(
        stack.one("kubernetes:core/v1:Namespace", "sessions"),
        ["metadata", "labels", "strata.dev/summary"],
        "Keeps sessions, for a day",
      ),
  },
};
