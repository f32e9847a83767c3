import { type Finding, judge } from "../../lib/finding";
import { LONG_RUNNING_POD_TYPES, podContainersOf, podSpecOf } from "../../lib/pods";
import { read, readAll, readFlag, readPath, type Resource, text } from "../../lib/resource";
import { resourceRule } from "../../lib/rule";

const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const HTTP: ReadonlySet<string> = new Set(["HTTP", "HTTPS"]);

/**
 * Reads target groups and Kubernetes workloads. A target group of another protocol checks that the port answers by itself; one of functions
 * calls them, and need not. A container without ports is called by nobody, so nothing waits until it is ready.
 */
export const serviceHasHealthCheck = resourceRule({
  id: "service-has-health-check",
  title: "Nothing that is called is without a health check",
  severity: "medium",
  why: "Without one, requests go to a copy that is starting, stuck or broken, and a deployment of a broken version counts as done.",
  fix: "Set healthCheck.path of the target group to a path that answers 200 when the service can serve, and a readinessProbe on each container with ports.",
  links: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
  ],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_261" },
    { name: "Checkov", id: "CKV_K8S_9" },
  ],
  types: [...TARGET_GROUPS, ...LONG_RUNNING_POD_TYPES],
  check: (resource) => {
    const isTargetGroup = TARGET_GROUPS.includes(resource.type);
    if (isTargetGroup && text(read(resource, "targetType")) === "lambda") return [];
    const findings = isTargetGroup ? inTargetGroup(resource) : inPods(resource);
    return [judge(resource, `${resource.name} has no health check`, findings)];
  },
});

function inTargetGroup(group: Resource): Finding[] {
  const property = "healthCheck";
  const enabled = readFlag(group, "healthCheck.enabled", true);
  if (enabled === false) return [{ what: "healthCheck.enabled is false", property }];
  const protocol = read(group, "protocol");
  if (protocol.state === "known" && !HTTP.has(text(protocol) ?? "")) return [];
  const path = read(group, "healthCheck.path");
  if (path.state === "absent") {
    const unknown = protocol.state === "unknown";
    return [{ what: unknown ? "whether it speaks HTTP is not known yet" : "healthCheck.path is not set", property, unknown }];
  }
  return path.state === "unknown" || enabled === undefined ? [{ what: "its health check is not known yet", property, unknown: true }] : [];
}

function inPods(resource: Resource): Finding[] {
  const { path } = podSpecOf(resource);
  const containers = podContainersOf(resource);
  if (containers.state === "unknown") return [{ what: "its pods are not known yet", property: containers.property, unknown: true }];
  const property = `${path}.containers`;
  return containers.value.flatMap(({ name, spec, init }): Finding[] => {
    const probe = readPath(spec, "readinessProbe");
    const ports = readAll({ ...resource, inputs: spec }, "ports[*]");
    if (init || ports.length === 0 || probe.state === "known") return [];
    if (probe.state === "unknown" || ports.every(({ state }) => state === "unknown"))
      return [{ what: `the readinessProbe of container ${name} is not known yet`, property, unknown: true }];
    return [{ what: `container ${name} has ports and no readinessProbe`, property }];
  });
}
