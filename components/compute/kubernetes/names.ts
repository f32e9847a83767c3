/** Longest name of a namespace, a Service or a label's value: a DNS label (Kubernetes, "Object Names and IDs", 2026-11). */
export const LONGEST_LABEL = 63;

/** Label keys of this platform are under a domain of its own, as Kubernetes asks of everybody but itself. */
export const LABELS = {
  name: "app.kubernetes.io/name",
  partOf: "app.kubernetes.io/part-of",
  environment: "strata.dev/environment",
  /** Marks a workload that may keep state, for the policy `container-keeps-no-state`. */
  legacy: "strata.dev/legacy",
  /** Marks a workload that keeps state because that is what it is for, for the same policy. */
  store: "strata.dev/store",
} as const;

const PREFIX = "svc-";

/**
 * The namespace of a service, which no other service shares. One prefix before a name that is unique in the catalogue gives two services
 * two namespaces, and never one that Kubernetes or an administrator made (`default`, `kube-system`).
 */
export function namespaceOf(service: string): string {
  return `${PREFIX}${service}`;
}

/** Labels that select the pods of a service. They never change: a Deployment's selector can't. */
export function selectorOf(service: string): Record<string, string> {
  return { [LABELS.name]: service };
}

/** Labels of every object of a service. */
export function labelsOf(service: string, environment: string): Record<string, string> {
  return { ...selectorOf(service), [LABELS.partOf]: "strata", [LABELS.environment]: environment, "app.kubernetes.io/managed-by": "pulumi" };
}

/** Name of a service inside the cluster, from any namespace. */
export function hostOf(service: string): string {
  return `${service}.${namespaceOf(service)}.svc.cluster.local`;
}

/** Name of one pod of a StatefulSet inside the cluster, by the headless Service that gives its pods names. */
export function podHost(set: string, index: number, headless: string, namespace: string): string {
  return `${set}-${index}.${headless}.${namespace}.svc.cluster.local`;
}
