import { z } from "zod";
import type { Finding } from "../../../lib/finding";
import { type ContainerView, judgePods, STANDARD } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** What the kubelet calls for a container, by the property it stands in. */
const CALLS = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"].flatMap((call) =>
  ["httpGet", "tcpSocket"].map((kind) => `${call}.${kind}.host`),
);

export const podProbesOnlyItself = stackRule({
  id: "pod-probes-only-itself",
  title: "No probe or hook of a container calls another host",
  severity: "medium",
  why: "The kubelet makes these calls from the node's network: a host in one of them lets whoever writes pods reach what no network policy lets them reach.",
  fix: "Leave host out of httpGet and tcpSocket: the kubelet then calls the pod.",
  links: [STANDARD],
  frameworks: [],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) => judgePods(stack, "have their node call other hosts", names, (pods) => pods.inContainers(inCalls)),
});

function inCalls({ name, property, at }: ContainerView): Finding[] {
  return CALLS.flatMap((path): Finding[] => {
    const host = at(path);
    if (host.state === "unknown") return [{ what: `${path} of container ${name} is not known yet`, property, unknown: true }];
    const called = text(host) ?? "";
    return called === "" ? [] : [{ what: `${path} of container ${name} is ${called}`, property }];
  });
}
