import { z } from "zod";
import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { NAMESPACE } from "../../../lib/kubernetes/namespaces";
import { ENFORCE } from "../../../lib/kubernetes/pod-security";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { resourceRule } from "../../../lib/rule";

const LEVELS = ["baseline", "restricted"] as const;

const config = z.strictObject({
  ...REASON_CONFIG,
  level: z.enum(LEVELS).default("restricted").describe("Lowest level of Pod Security that a namespace must enforce."),
});

/** What a stack says of its own pods is one thing; this is what refuses the pods of everybody else. */
export const namespaceEnforcesPodSecurity = resourceRule({
  id: "namespace-enforces-pod-security",
  title: "Every namespace refuses pods that break the Pod Security standard",
  severity: "high",
  why: "Without the label Kubernetes runs whatever pod it is given: one with the file system of its node is enough to take over the cluster.",
  fix: "Set the label pod-security.kubernetes.io/enforce to restricted; a namespace of node agents that must be at privileged says why in the annotation strata.dev/because.",
  links: ["https://kubernetes.io/docs/concepts/security/pod-security-admission/"],
  frameworks: [],
  types: [NAMESPACE],
  config,
  check: (namespace, { level, ...names }) => {
    const allowed: readonly string[] = LEVELS.slice(LEVELS.indexOf(level));
    const findings = unless(namespace, ENFORCE, {
      accepts: (value) => typeof value === "string" && allowed.includes(value),
      absent: "wrong",
      what: `its label pod-security.kubernetes.io/enforce is not ${allowed.join(" or ")}`,
    });
    const excuse = { given: hasReason(namespace, names), what: "whether it gives a reason", property: "metadata.annotations" };
    return [judge(namespace, `namespace ${namespace.name} takes any pod`, findings, excuse)];
  },
});
