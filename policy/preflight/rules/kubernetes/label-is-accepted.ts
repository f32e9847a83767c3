import { KUBERNETES_NAMES } from "../../../../facts/kubernetes-names";
import { type Finding, judge } from "../../../lib/finding";
import { podLabels } from "../../../lib/kubernetes/selectors";
import { POD_TYPES } from "../../../lib/pods";
import { isObject, isUnknown, read, type Reading, type Resource } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;
const KEY = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Looks at the labels of Kubernetes objects and of the pods they make. Annotations may hold anything. */
export const labelIsAccepted = stackRule({
  id: "label-is-accepted",
  title: "Labels of Kubernetes objects are short texts of letters, digits and inner -, _ and .",
  severity: "high",
  why: "Kubernetes refuses an object with a label of more than 63 characters, with spaces or slashes in its value, or with a number or a boolean for a text.",
  fix: "Shorten the label, write numbers and booleans in quotes, and put sentences, paths and URLs into annotations.",
  links: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"],
  frameworks: [],
  check: (stack) => stack.resources.flatMap((object) => (object.type.startsWith("kubernetes:") ? verdicts(object) : [])),
});

function verdicts(object: Resource): Verdict[] {
  const own = read(object, "metadata.labels");
  const ofPods: Reading = POD_TYPES.includes(object.type) ? podLabels(object) : { state: "absent" };
  if (own.state === "absent" && ofPods.state === "absent") return [];
  const findings = [own, ofPods].flatMap((labels) => labelFindings(labels));
  return [judge(object, `Kubernetes refuses the labels of ${object.name}`, unique(findings))];
}

function labelFindings(labels: Reading): Finding[] {
  const property = "metadata.labels";
  if (labels.state === "unknown") return [{ what: "its labels are not known yet", property, unknown: true }];
  if (labels.state === "absent" || !isObject(labels.value)) return [];
  const longest = KUBERNETES_NAMES.longestLabel;
  return Object.entries(labels.value).flatMap(([key, value]): Finding[] => {
    if (!KEY.test(key) || key.slice(key.indexOf("/") + 1).length > longest) return [{ what: `"${key}" is no key of a label`, property }];
    if (isUnknown(value)) return [{ what: `label ${key} is not known yet`, property, unknown: true }];
    if (value === null) return [];
    if (typeof value !== "string") return [{ what: `label ${key} is ${JSON.stringify(value)}, which is no text`, property }];
    return VALUE.test(value) && value.length <= longest ? [] : [{ what: `label ${key} is "${value}"`, property }];
  });
}

/** A label that an object and its pods share is told once. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.what, finding])).values()];
}
