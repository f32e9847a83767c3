import { z } from "zod";
import { judgePods, STANDARD, unlessContainer } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { stackRule } from "../../../lib/rule";

const SETTING = "securityContext.allowPrivilegeEscalation";

export const podCannotGainPrivileges = stackRule({
  id: "pod-cannot-gain-privileges",
  title: "No container can gain more privileges than it was started with",
  severity: "medium",
  why: "A program with the setuid bit makes a process that is not root into one that is, also in a container that was told not to run as root.",
  fix: "Set securityContext.allowPrivilegeEscalation to false in every container; left out it is true.",
  links: [STANDARD],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_20" }],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) =>
    judgePods(stack, "can gain privileges", names, (pods) =>
      pods.onLinux(() => pods.inContainers((container) => unlessContainer(container, SETTING, false, true, "allows privilege escalation"))),
    ),
});
