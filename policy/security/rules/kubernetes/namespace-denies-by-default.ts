import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { append } from "../../../lib/multimap";
import { NAMESPACE, namespaceName, namespaceOf } from "../../../lib/kubernetes/namespaces";
import {
  elements,
  isObject,
  isUnknown,
  not,
  read,
  type Reading,
  readPath,
  some,
  type StackResource,
  text,
  type Tri,
} from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const DIRECTIONS = ["Ingress", "Egress"] as const;
type Direction = (typeof DIRECTIONS)[number];

const config = z.strictObject({
  directions: z
    .array(z.enum(DIRECTIONS))
    .min(1)
    .default([...DIRECTIONS])
    .describe("Directions in which nothing may pass that no policy names."),
});

/** A policy for all pods denies whatever its rules don't name, so one that also lets something through is as good as one without rules. */
export const namespaceDeniesByDefault = stackRule({
  id: "namespace-denies-by-default",
  title: "Every namespace denies traffic that no policy names",
  severity: "medium",
  why: "A pod that no policy selects reaches every other pod of the cluster and the internet, and is reached by all of them.",
  fix: "Add a NetworkPolicy with an empty podSelector, policyTypes [Ingress, Egress] and no rules to the namespace, then name what may pass.",
  links: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies"],
  frameworks: [{ name: "Checkov", id: "CKV2_K8S_6" }],
  config,
  check: (stack, { directions }) =>
    stack.ofType(NAMESPACE).map((namespace) => {
      const { byNamespace, nowhere } = stack.once(policiesOf);
      const policies = byNamespace.get(namespace.urn) ?? [];
      // A policy whose namespace is not known may be one of this.
      const open =
        namespaceName(namespace) === undefined && read(namespace, "metadata.name").state === "unknown"
          ? stack.ofType(NETWORK_POLICY)
          : nowhere;
      const findings = directions.flatMap((direction) => unlessDenied(policies, open, direction));
      return judge(namespace, `pods of namespace ${namespace.name} that no policy names are open`, findings);
    }),
});

/** By URN of the namespace, a policy of which only candidates are known in each; and those of which nobody knows where they are. */
function policiesOf(graph: StackGraph): {
  readonly byNamespace: ReadonlyMap<string, readonly StackResource[]>;
  readonly nowhere: readonly StackResource[];
} {
  const result = new Map<string, StackResource[]>();
  const nowhere: StackResource[] = [];
  for (const policy of graph.ofType(NETWORK_POLICY)) {
    const namespace = namespaceOf(policy, graph);
    if (namespace.kind === "resource") append(result, namespace.resource.urn, policy);
    if (namespace.kind === "unknown") {
      for (const { urn } of namespace.candidates) append(result, urn, policy);
      if (namespace.candidates.length === 0) nowhere.push(policy);
    }
  }
  return { byNamespace: result, nowhere };
}

function unlessDenied(policies: readonly StackResource[], open: readonly StackResource[], direction: Direction): Finding[] {
  const property = "metadata.name";
  const perhaps = open.map((policy) => (denies(policy, direction) === false ? false : undefined));
  const denied = some([...policies.map((policy) => denies(policy, direction)), ...perhaps]);
  if (denied === undefined) return [{ what: `what its policies say of ${direction} is not known yet`, property, unknown: true }];
  return denied ? [] : [{ what: `no policy for all of them denies ${direction}`, property }];
}

/** Whether a policy is for all pods and says something about a direction other than that everything may pass. */
function denies(policy: StackResource, direction: Direction): Tri {
  const rules = read(policy, direction === "Ingress" ? "spec.ingress" : "spec.egress");
  const conditions = [
    selectsAll(policy),
    isAbout(policy, direction, rules),
    not(some(elements(rules).map((rule) => isOpen(rule, direction)))),
  ];
  if (conditions.includes(false)) return false;
  return conditions.includes(undefined) ? undefined : true;
}

function selectsAll(policy: StackResource): Tri {
  const selector = read(policy, "spec.podSelector");
  if (selector.state === "unknown") return undefined;
  if (selector.state === "absent" || !isObject(selector.value)) return true;
  const parts = Object.values(selector.value);
  return parts.some(isUnknown) ? undefined : parts.every(isEmpty);
}

/** Left out, the types are Ingress, and Egress where there are rules for it. */
function isAbout(policy: StackResource, direction: Direction, rules: Reading): Tri {
  const types = read(policy, "spec.policyTypes");
  if (types.state === "absent") return direction === "Ingress" || rules.state !== "absent";
  return some(elements(types).map((type) => (type.state === "unknown" ? undefined : text(type) === direction)));
}

/** A rule that names neither peers nor ports lets everything pass. */
function isOpen(rule: Reading, direction: Direction): Tri {
  if (rule.state === "unknown") return undefined;
  if (rule.state === "absent") return true;
  const parts = [readPath(rule.value, direction === "Ingress" ? "from" : "to"), readPath(rule.value, "ports")];
  if (parts.some((part) => part.state === "known" && !isEmpty(part.value))) return false;
  return parts.some(({ state }) => state === "unknown") ? undefined : true;
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}
