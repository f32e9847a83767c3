import { type Fact } from "./row";

const NAMES = { source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/", date: "2026-11" } as const;

/** What Kubernetes takes as a name. */
export const KUBERNETES_NAMES: Fact & {
  /** Most characters of the name of an object whose kind has no limit of its own, and of a part of a name. */
  readonly longest: number;
  readonly longestLabel: number;
  /** Most characters of the name of a container port. */
  readonly longestPort: number;
  /** Kinds of which less is taken, because a host name or a label is made from the name. */
  readonly byKind: Readonly<Record<string, number>>;
  /** Kinds of which nearly everything is taken. */
  readonly free: ReadonlySet<string>;
} = {
  longest: 253,
  longestLabel: 63,
  longestPort: 15,
  // A CronJob's jobs have 11 characters more, a StatefulSet's label controller-revision-hash too.
  byKind: { Namespace: 63, Service: 63, Job: 63, CronJob: 52, StatefulSet: 52 },
  free: new Set(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]),
  ...NAMES,
};

/** Kinds whose name is one label: no dots. */
export const LABEL_KINDS: Fact & { readonly kinds: ReadonlySet<string> } = { kinds: new Set(["Namespace", "Service"]), ...NAMES };
