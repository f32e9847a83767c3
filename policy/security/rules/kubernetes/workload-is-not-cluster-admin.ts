import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import { BINDINGS } from "../../../lib/kubernetes/service-accounts";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { elements, read, type Reading, readPath, text } from "../../../lib/resource";
import { notEvaluated, resourceRule, type Verdict } from "../../../lib/rule";

const ROLE = "roleRef.name";
const ADMIN = "cluster-admin";
/** Groups and users that Kubernetes puts pods, or everyone, into. */
const EVERYONE = /^system:(serviceaccounts?(:.*)?|authenticated|unauthenticated|anonymous)$/;

/** A person or a role of AWS that is bound to it has no verdict: somebody must be. */
export const workloadIsNotClusterAdmin = resourceRule({
  id: "workload-is-not-cluster-admin",
  title: "No workload is bound to cluster-admin",
  severity: "critical",
  why: "One hole in such a pod is the whole cluster: every secret, every other pod, and the nodes below them.",
  fix: "Bind the service account to a role of its own with what it needs, or give the reason in the annotation strata.dev/because.",
  links: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles"],
  frameworks: [],
  types: BINDINGS,
  config: z.strictObject(REASON_CONFIG),
  check: (binding, names): Verdict[] => {
    const role = read(binding, ROLE);
    const property = "subjects";
    if (role.state === "absent" || (role.state === "known" && role.value !== ADMIN)) return [];
    const findings = elements(read(binding, property)).flatMap((subject) => workloads(subject, property));
    if (role.state === "unknown" && findings.length > 0) return [notEvaluated(binding.urn, "which role it gives is not known yet", ROLE)];
    const excuse = { given: hasReason(binding, names), what: "whether it gives a reason", property: "metadata.annotations" };
    return [judge(binding, `${binding.name} makes a workload cluster-admin`, findings, excuse)];
  },
});

function workloads(subject: Reading, property: string): Finding[] {
  const [kind, name] = ["kind", "name"].map((path) => (subject.state === "known" ? readPath(subject.value, path) : subject));
  if (kind === undefined || name === undefined) return [];
  if (text(kind) === "ServiceAccount") return [{ what: `service account ${text(name) ?? "that is not known yet"}`, property }];
  if (kind.state === "unknown" || name.state === "unknown") return [{ what: "a subject is not known yet", property, unknown: true }];
  return EVERYONE.test(text(name) ?? "") ? [{ what: `everyone in ${text(name) ?? ""}`, property }] : [];
}
