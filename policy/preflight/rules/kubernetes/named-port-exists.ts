import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { selected } from "../../../lib/kubernetes/selectors";
import { type PodContainer, podContainersOf, POD_TYPES } from "../../../lib/pods";
import { elements, read, type Reading, readPath, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const SERVICE = "kubernetes:core/v1:Service";
const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"];
const HANDLERS = ["httpGet.port", "tcpSocket.port"];

/** Looks at ports that are called by name. A service is judged by the workloads of the stack that it selects. */
export const namedPortExists = stackRule({
  id: "named-port-exists",
  title: "A probe or a service that names a port names one of the container's",
  severity: "high",
  why: "A probe of a port that there is not never succeeds, and a service without that port has no endpoint: the deployment is waited for until it is given up.",
  fix: "Give the container's port this name in ports[].name, or use its name or number in the probe or in targetPort.",
  links: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],
  frameworks: [],
  check: (stack) => [
    ...stack
      .ofType(...POD_TYPES)
      .flatMap((workload) => verdicts(workload, probeFindings(workload), `a probe of ${workload.name} never succeeds`)),
    ...stack.ofType(SERVICE).flatMap((service) => verdicts(service, serviceFindings(service, stack), `${service.name} leads nowhere`)),
  ],
});

/** No verdict on what names no port. */
function verdicts(resource: StackResource, findings: readonly Finding[] | undefined, fault: string): Verdict[] {
  return findings === undefined ? [] : [judge(resource, fault, findings)];
}

function probeFindings(workload: StackResource): Finding[] | undefined {
  const containers = podContainersOf(workload);
  if (containers.state === "unknown") return [notKnown(containers.property)];
  const named = containers.value.flatMap((container) => probedPorts(container).map((port) => ({ container, port })));
  if (named.length === 0) return undefined;
  return named.flatMap(({ container, port }): Finding[] => {
    if (port.state === "unknown") return [notKnown("spec")];
    const has = portNames([container]);
    if (has === undefined) return [notKnown("spec")];
    return has.has(text(port) ?? "")
      ? []
      : [{ what: `container ${container.name} has no port called ${text(port) ?? ""}`, property: "spec" }];
  });
}

function probedPorts({ spec }: PodContainer): Reading[] {
  return PROBES.flatMap((probe) => HANDLERS.map((handler) => readPath(spec, `${probe}.${handler}`))).filter(isNamed);
}

function serviceFindings(service: StackResource, graph: StackGraph): Finding[] | undefined {
  const property = "spec.ports";
  const selector = read(service, "spec.selector");
  const ports = elements(read(service, property));
  const wanted = ports.map((port) => (port.state === "known" ? readPath(port.value, "targetPort") : port)).filter(isNamed);
  if (wanted.length === 0 || selector.state === "absent") return undefined;
  const { workloads, open } = selected(service, selector, graph);
  if (workloads.length === 0) return open ? [notKnown("spec.selector")] : undefined;
  const containers = workloads.map(podContainersOf);
  const names = portNames(containers.flatMap((one) => (one.state === "known" ? one.value : [])));
  return wanted.flatMap((port): Finding[] => {
    if (port.state === "unknown") return [notKnown(property)];
    if (names?.has(text(port) ?? "") === true) return [];
    if (names === undefined || open || containers.some(({ state }) => state === "unknown")) return [notKnown(property)];
    return [{ what: `no container of ${workloads.map(({ name }) => name).join(", ")} has a port called ${text(port) ?? ""}`, property }];
  });
}

/** The names of the ports of containers; undefined when one of them is not known. */
function portNames(containers: readonly PodContainer[]): ReadonlySet<string> | undefined {
  const names = containers
    .flatMap(({ spec }) => elements(readPath(spec, "ports")))
    .map((port) => (port.state === "known" ? readPath(port.value, "name") : port));
  return names.some(({ state }) => state === "unknown") ? undefined : new Set(names.flatMap((name) => text(name) ?? []));
}

/** A port by its number, also as text, is none that is looked for. */
function isNamed(port: Reading): boolean {
  return port.state === "unknown" || (port.state === "known" && typeof port.value === "string" && !/^\d+$/.test(port.value));
}
