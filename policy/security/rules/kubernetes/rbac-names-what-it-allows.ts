import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { elements, read, readPath, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const PARTS = ["apiGroups", "resources", "verbs"];
const property = "rules";

export const rbacNamesWhatItAllows = resourceRule({
  id: "rbac-names-what-it-allows",
  title: "No Kubernetes role allows everything by a wildcard",
  severity: "high",
  why: "A wildcard also allows what nobody thought of: reading every secret, making privileged pods, giving itself more roles, and whatever the next version adds.",
  fix: "List the apiGroups, resources and verbs the role needs, or give the reason in the annotation strata.dev/because.",
  links: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_49" }],
  types: ["kubernetes:rbac.authorization.k8s.io/v1:Role", "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"],
  config: z.strictObject(REASON_CONFIG),
  check: (role, names) => {
    const excuse = { given: hasReason(role, names), what: "whether it gives a reason", property: "metadata.annotations" };
    return [judge(role, `role ${role.name} allows more than it names`, wildcards(role), excuse)];
  },
});

function wildcards(role: Resource): Finding[] {
  return elements(read(role, property)).flatMap((rule): Finding[] => {
    if (rule.state !== "known") return rule.state === "unknown" ? [unknownRule()] : [];
    return PARTS.flatMap((part): Finding[] => {
      const values = elements(readPath(rule.value, part));
      if (values.some((value) => text(value) === "*")) return [{ what: `${part} of a rule is *`, property }];
      return values.some(({ state }) => state === "unknown") ? [unknownRule()] : [];
    });
  });
}

function unknownRule(): Finding {
  return { what: "a rule is not known yet", property, unknown: true };
}
