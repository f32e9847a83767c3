import { z } from "zod";
import type { Finding } from "../../../lib/finding";
import { type ContainerView, judgePods, STANDARD } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { elements, number, readPath } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

export const podOpensNoHostPort = stackRule({
  id: "pod-opens-no-host-port",
  title: "No pod takes a port of its node",
  severity: "medium",
  why: "A port of the node is reached by everything that reaches the node, past Services and network policies, and only one pod a node can have it.",
  fix: "Leave hostPort out and use a Service; an agent of the node stands in a namespace at privileged and gives its reason in strata.dev/because.",
  links: [STANDARD],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_26" }],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) => judgePods(stack, "take ports of their node", names, (pods) => pods.inContainers(inPorts)),
});

/** Absent and 0 are no port. */
function inPorts({ name, property, at }: ContainerView): Finding[] {
  return elements(at("ports")).flatMap((port): Finding[] => {
    const reading = port.state === "known" ? readPath(port.value, "hostPort") : port;
    if (reading.state === "unknown") return [{ what: `a port of container ${name} is not known yet`, property, unknown: true }];
    const taken = number(reading) ?? 0;
    return taken === 0 ? [] : [{ what: `container ${name} takes ${taken}`, property }];
  });
}
