import type { Reference, StackGraph } from "../graph";
import { podSpecOf } from "../pods";
import { elements, read, readPath, type StackResource, text, type Tri } from "../resource";
import { namespaceName, namespaceOf } from "./namespaces";

const SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
/** What gives a role to someone. */
export const BINDINGS = [
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
];
/** The account of pods that name none. */
const DEFAULT_ACCOUNT = "default";

/** The service account of what makes pods. */
export function serviceAccountOf(workload: StackResource, graph: StackGraph): Reference {
  const key = accountKey(workload, graph);
  if (key !== undefined) {
    const { byKey, open } = graph.once(accounts);
    const found = byKey.get(key);
    if (found !== undefined) return { kind: "resource", resource: found };
    return open.length === 0 ? { kind: "external", id: key } : { kind: "unknown", property: "spec", candidates: open };
  }
  const sources = (workload.propertyDependencies["spec"] ?? []).flatMap((urn) => graph.get(urn) ?? []);
  const candidates = sources.filter(({ type }) => type === SERVICE_ACCOUNT);
  const [only] = candidates;
  return only !== undefined && candidates.length === 1
    ? { kind: "resource", resource: only }
    : { kind: "unknown", property: "spec", candidates };
}

/** Whether a binding of the stack gives a role to the account of what makes pods. */
export function isNamed(workload: StackResource, graph: StackGraph): Tri {
  const { named, open } = graph.once(subjects);
  const key = accountKey(workload, graph);
  if (key !== undefined && named.has(key)) return true;
  if (named.size === 0 && !open) return false;
  return key === undefined || open ? undefined : false;
}

/** Namespace and name of an account; undefined while one of them is not known. */
function accountKey(workload: StackResource, graph: StackGraph): string | undefined {
  const { path } = podSpecOf(workload);
  const reading = read(workload, `${path}.serviceAccountName`);
  const name = reading.state === "absent" ? DEFAULT_ACCOUNT : text(reading);
  const namespace = nameOfNamespace(workload, graph);
  return name === undefined || namespace === undefined ? undefined : `${namespace} ${name}`;
}

function nameOfNamespace(object: StackResource, graph: StackGraph): string | undefined {
  const namespace = namespaceOf(object, graph);
  if (namespace.kind === "external") return namespace.id;
  return namespace.kind === "resource" ? namespaceName(namespace.resource) : undefined;
}

/** The accounts by namespace and name, and those of which one of the two is not known yet. */
function accounts(graph: StackGraph): { readonly byKey: ReadonlyMap<string, StackResource>; readonly open: readonly StackResource[] } {
  const byKey = new Map<string, StackResource>();
  const open: StackResource[] = [];
  for (const account of graph.ofType(SERVICE_ACCOUNT)) {
    const name = text(read(account, "metadata.name")) ?? text(readPath(account.outputs ?? {}, "metadata.name"));
    const namespace = nameOfNamespace(account, graph);
    if (name !== undefined && namespace !== undefined) byKey.set(`${namespace} ${name}`, account);
    else open.push(account);
  }
  return { byKey, open };
}

/** The accounts that bindings name; `open` when one of them names someone who is not known yet. */
function subjects(graph: StackGraph): { readonly named: ReadonlySet<string>; readonly open: boolean } {
  const named = new Set<string>();
  let open = false;
  for (const binding of graph.ofType(...BINDINGS)) {
    for (const subject of elements(read(binding, "subjects"))) {
      const [kind, name, namespace] = ["kind", "name", "namespace"].map((path) =>
        subject.state === "known" ? readPath(subject.value, path) : subject,
      );
      const where = (namespace && text(namespace)) ?? nameOfNamespace(binding, graph);
      if (kind?.state === "unknown" || name?.state === "unknown" || namespace?.state === "unknown" || where === undefined) open = true;
      else if (kind && name && text(kind) === "ServiceAccount") named.add(`${where} ${text(name) ?? ""}`);
    }
  }
  return { named, open };
}
