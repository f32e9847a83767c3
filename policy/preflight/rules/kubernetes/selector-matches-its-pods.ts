import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { missingLabels, podLabels, selects } from "../../../lib/kubernetes/selectors";
import { DEPLOYMENT, STATEFUL_SET } from "../../../lib/pods";
import { isObject, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const property = "spec.selector.matchLabels";

export const selectorMatchesItsPods = resourceRule({
  id: "selector-matches-its-pods",
  title: "The selector of a workload selects the pods that it makes",
  severity: "high",
  why: "Kubernetes refuses a workload without a selector, or with one that its own pods do not match.",
  fix: "Give spec.template.metadata.labels every label of spec.selector.matchLabels.",
  links: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector"],
  frameworks: [],
  types: [DEPLOYMENT, STATEFUL_SET, "kubernetes:apps/v1:DaemonSet", "kubernetes:apps/v1:ReplicaSet"],
  check: (workload) => [judge(workload, `Kubernetes refuses ${workload.name}`, selectorFindings(workload))],
});

function selectorFindings(workload: Resource): Finding[] {
  const [selector, labels] = [read(workload, property), podLabels(workload)];
  const expressions = read(workload, "spec.selector.matchExpressions").state !== "absent";
  const empty = selector.state === "known" && isObject(selector.value) && Object.keys(selector.value).length === 0;
  if ((selector.state === "absent" || empty) && !expressions) return [{ what: "it has no selector", property: "spec.selector" }];
  const missing = missingLabels(selector, labels);
  if (missing.length > 0) return [{ what: `its pods have no label ${missing.join(", ")}`, property }];
  return selects(selector, labels) === undefined ? [notKnown(property)] : [];
}
