import { DEFAULT_NAMESPACE, namespaceName, namespaceOf } from "../../../lib/kubernetes/namespaces";
import type { Reference, StackGraph } from "../../../lib/graph";
import { POD_TYPES } from "../../../lib/pods";
import type { StackResource } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";

const property = "metadata.namespace";

export const workloadHasOwnNamespace = stackRule({
  id: "workload-has-own-namespace",
  title: "No workload runs in the namespace default",
  severity: "low",
  why: "Everything that names no namespace ends up there, so neither Pod Security, nor network policies, nor roles can be set for one of them alone.",
  fix: "Make a namespace for the workload and set metadata.namespace, or the namespace of the provider.",
  links: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_21" }],
  check: (stack) => stack.ofType(...POD_TYPES).map((workload) => verdict(workload, stack)),
});

function verdict(workload: StackResource, stack: StackGraph): Verdict {
  const name = nameOf(namespaceOf(workload, stack));
  if (name === undefined) return notEvaluated(workload.urn, "its namespace is not known yet", property);
  return name === DEFAULT_NAMESPACE ? fail(workload.urn, `${workload.name} runs in the namespace ${name}`, property) : pass(workload.urn);
}

/** A namespace whose name the provider makes has another one. */
function nameOf(namespace: Reference): string | undefined {
  if (namespace.kind === "unknown") return undefined;
  return namespace.kind === "external" ? namespace.id : (namespaceName(namespace.resource) ?? namespace.resource.name);
}
