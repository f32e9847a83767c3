import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { quantity } from "../../../lib/kubernetes/quantities";
import { type PodContainer, podContainersOf, POD_TYPES } from "../../../lib/pods";
import { isObject, number, type Reading, readPath, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** A limit without a request is a request too; a request without a limit has none to exceed. */
export const requestsDoNotExceedLimits = resourceRule({
  id: "requests-do-not-exceed-limits",
  title: "No container requests more than its limit",
  severity: "high",
  why: "Kubernetes refuses a pod that requests more CPU or memory than it may take, and quantities that it can't read, such as 512MB.",
  fix: "Set resources.requests at or below resources.limits, in units such as 250m of CPU and 512Mi of memory.",
  links: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  frameworks: [],
  types: POD_TYPES,
  check: (workload) => [judge(workload, `Kubernetes refuses the pods of ${workload.name}`, podFindings(workload))],
});

function podFindings(workload: Resource): Finding[] {
  const containers = podContainersOf(workload);
  if (containers.state === "unknown") return [notKnown(containers.property)];
  return containers.value.flatMap(containerFindings);
}

function containerFindings({ name, spec }: PodContainer): Finding[] {
  const property = "spec";
  const [requests, limits] = [readPath(spec, "resources.requests"), readPath(spec, "resources.limits")];
  if (requests.state === "unknown" || limits.state === "unknown")
    return [{ what: `what container ${name} requests is not known yet`, property, unknown: true }];
  const kinds = new Set(
    [requests, limits].flatMap((found) => (found.state === "known" && isObject(found.value) ? Object.keys(found.value) : [])),
  );
  return [...kinds].flatMap((kind): Finding[] => {
    const asked = requests.state === "known" ? readPath(requests.value, `["${kind}"]`) : requests;
    const most = limits.state === "known" ? readPath(limits.value, `["${kind}"]`) : limits;
    const unread = [asked, most].flatMap((found) => (found.state === "known" && quantity(found.value) === undefined ? [found.value] : []));
    if (unread.length > 0)
      return [{ what: `${kind} of container ${name} is ${JSON.stringify(unread[0])}, which is no quantity`, property }];
    if (asked.state === "unknown" || most.state === "unknown")
      return [{ what: `how much ${kind} container ${name} requests is not known yet`, property, unknown: true }];
    if (asked.state === "absent" || most.state === "absent") return [];
    const [request, limit] = [quantity(asked.value) ?? 0, quantity(most.value) ?? 0];
    const says = `container ${name} requests ${shown(asked)} of ${kind}, its limit is ${shown(most)}`;
    return request > limit ? [{ what: says, property }] : [];
  });
}

function shown(reading: Reading): string {
  return text(reading) ?? number(reading)?.toString() ?? "";
}
