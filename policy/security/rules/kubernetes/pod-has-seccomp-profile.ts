import { z } from "zod";
import type { Finding } from "../../../lib/finding";
import { judgePods, type PodView, STANDARD } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { type Reading, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const ALLOWED = ["RuntimeDefault", "Localhost"];

export const podHasSeccompProfile = stackRule({
  id: "pod-has-seccomp-profile",
  title: "Every container runs under a seccomp profile",
  severity: "medium",
  why: "Without a profile a container may make every system call, also those that no program needs and that break out of containers have used.",
  fix: "Set securityContext.seccompProfile.type of the pod to RuntimeDefault.",
  links: [STANDARD, "https://kubernetes.io/docs/tutorials/security/seccomp/"],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_31" }],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) => judgePods(stack, "are not all under a seccomp profile", names, (pods) => pods.onLinux(() => findings(pods))),
});

/** Kubernetes takes Unconfined where nobody says anything, unless its nodes are set to another default, which no stack tells. */
function findings(pods: PodView): Finding[] {
  const property = `${pods.path}.securityContext.seccompProfile`;
  const own = pods.at("securityContext.seccompProfile.type");
  return [
    ...(own.state === "known" ? unlessAllowed(own, "the pod", property) : []),
    ...pods.inContainers((container) => {
      // What the pod says for it has been looked at.
      if (container.at("securityContext.seccompProfile.type").state === "absent" && own.state === "known") return [];
      return unlessAllowed(pods.security(container, "seccompProfile.type"), `container ${container.name}`, container.property);
    }),
  ];
}

function unlessAllowed(type: Reading, who: string, property: string): Finding[] {
  if (type.state === "unknown") return [{ what: `the profile of ${who} is not known yet`, property, unknown: true }];
  if (type.state === "absent") return [{ what: `${who} has none`, property }];
  const value = text(type) ?? "of no type";
  return ALLOWED.includes(value) ? [] : [{ what: `${who} is ${value}`, property }];
}
