import { z } from "zod";
import { unlessOff } from "../../../lib/expect";
import { judgePods, STANDARD, unlessContainer } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { stackRule } from "../../../lib/rule";

export const podSharesNoHostNamespace = stackRule({
  id: "pod-shares-no-host-namespace",
  title: "No pod shares the network, the processes or the memory of its node",
  severity: "high",
  why: "In a namespace of its node a pod sees and signals the processes of every other pod, listens on the node's addresses, and is past every network policy.",
  fix: "Leave hostNetwork, hostPID, hostIPC and windowsOptions.hostProcess out; an agent of the node stands in a namespace at privileged and gives its reason in strata.dev/because.",
  links: [STANDARD],
  frameworks: [
    { name: "Checkov", id: "CKV_K8S_17" },
    { name: "Checkov", id: "CKV_K8S_18" },
    { name: "Checkov", id: "CKV_K8S_19" },
  ],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) =>
    judgePods(stack, "share namespaces of their node", names, (pods) => [
      ...unlessOff(pods.resource, `${pods.path}.hostNetwork`, false, "hostNetwork is on"),
      ...unlessOff(pods.resource, `${pods.path}.hostPID`, false, "hostPID is on"),
      ...unlessOff(pods.resource, `${pods.path}.hostIPC`, false, "hostIPC is on"),
      ...unlessOff(pods.resource, `${pods.path}.securityContext.windowsOptions.hostProcess`, false, "windowsOptions.hostProcess is on"),
      ...pods.inContainers((container) =>
        unlessContainer(container, "securityContext.windowsOptions.hostProcess", false, false, "is a process of the host"),
      ),
    ]),
});
