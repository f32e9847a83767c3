import { z } from "zod";
import type { Finding } from "../../../lib/finding";
import { judge } from "../../../lib/finding";
import { type ContainerView, PodView } from "../../../lib/kubernetes/pod-security";
import { POD_TYPES } from "../../../lib/pods";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import type { Reading } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** What must be said, the settings that say it, and what is wrong where none does. */
const BOUNDS: readonly (readonly [settings: readonly string[], what: string])[] = [
  [["limits.memory"], "has no memory limit"],
  // A limit without a request is the request too.
  [["requests.memory", "limits.memory"], "has no memory request"],
  [["requests.cpu", "limits.cpu"], "has no CPU request"],
];

/** Asks for no CPU limit: past its request a container only gets what others leave, while a limit stops it also on an idle node. */
export const podBoundsItsResources = stackRule({
  id: "pod-bounds-its-resources",
  title: "Every container has a memory limit, and asks for the memory and CPU it needs",
  severity: "medium",
  why: "A container without a memory limit takes the memory of its node until the kernel kills others; without requests Kubernetes puts any number of pods on one node.",
  fix: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory of every container, init containers too.",
  links: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  frameworks: [
    { name: "Checkov", id: "CKV_K8S_10" },
    { name: "Checkov", id: "CKV_K8S_12" },
    { name: "Checkov", id: "CKV_K8S_13" },
  ],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) =>
    stack.ofType(...POD_TYPES).map((workload) => {
      const pods = new PodView(workload);
      const findings = pods.inContainers((container) => inContainer(container, pods));
      const excuse = { given: hasReason(workload, names), what: "whether it gives a reason", property: "metadata.annotations" };
      return judge(workload, `pods of ${workload.name} are not bounded`, findings, excuse);
    }),
});

/** What the pod as a whole has, its containers share. */
function inContainer({ name, property, at }: ContainerView, pods: PodView): Finding[] {
  return BOUNDS.flatMap(([settings, what]): Finding[] => {
    const readings = settings.flatMap((setting): Reading[] => [at(`resources.${setting}`), pods.at(`resources.${setting}`)]);
    if (readings.some(({ state }) => state === "known")) return [];
    const isUnknown = readings.some(({ state }) => state === "unknown");
    return [
      isUnknown
        ? { what: `whether container ${name} ${what} is not known yet`, property, unknown: true }
        : { what: `container ${name} ${what}`, property },
    ];
  });
}
