import { isObject, type Json, type Properties, read, readAll, type Reading, readPath, type Resource } from "./resource";

export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const REPLICA_SET = "kubernetes:apps/v1:ReplicaSet";
const REPLICATION_CONTROLLER = "kubernetes:core/v1:ReplicationController";
const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";
const POD = "kubernetes:core/v1:Pod";

/** Where the pod of each kind stands. */
const PODS: Readonly<Record<string, string>> = {
  [POD]: "spec",
  [REPLICATION_CONTROLLER]: "spec.template.spec",
  [DEPLOYMENT]: "spec.template.spec",
  [REPLICA_SET]: "spec.template.spec",
  [DAEMON_SET]: "spec.template.spec",
  [STATEFUL_SET]: "spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
};

/** Every kind that makes pods. */
export const POD_TYPES: readonly string[] = Object.keys(PODS);

/** The kinds whose pods run until they are stopped; a Job's run to their end. */
export const LONG_RUNNING_POD_TYPES: readonly string[] = [POD, REPLICATION_CONTROLLER, DEPLOYMENT, REPLICA_SET, DAEMON_SET, STATEFUL_SET];

/** The specification of the pods a resource makes, and the property it stands at. */
export interface PodSpec {
  readonly path: string;
  readonly reading: Reading;
}

/** Reads the pod specification of a resource of `POD_TYPES`; absent for another type. */
export function podSpecOf(resource: Resource): PodSpec {
  const path = PODS[resource.type];
  return path === undefined ? { path: "spec", reading: { state: "absent" } } : { path, reading: read(resource, path) };
}

/** One container of a pod, as Kubernetes spells its properties. */
export interface PodContainer {
  readonly name: string;
  readonly spec: Properties;
  readonly init: boolean;
}

/** The containers of a pod, or which property of it is not known. */
export type PodContainers =
  { readonly state: "known"; readonly value: readonly PodContainer[] } | { readonly state: "unknown"; readonly property: string };

/** The containers of the pods a resource makes, init containers too; none when it has no pod specification. */
export function podContainersOf(resource: Resource): PodContainers {
  const { path, reading } = podSpecOf(resource);
  if (reading.state === "unknown") return { state: "unknown", property: path };
  if (reading.state === "absent") return { state: "known", value: [] };
  const found: PodContainer[] = [];
  for (const key of ["containers", "initContainers"] as const) {
    const list = readPath(reading.value, key);
    if (list.state === "unknown") return { state: "unknown", property: `${path}.${key}` };
    for (const element of list.state === "known" && Array.isArray(list.value) ? list.value : []) {
      if (!isObject(element)) return { state: "unknown", property: `${path}.${key}` };
      found.push({ name: nameOf(element), spec: element, init: key === "initContainers" });
    }
  }
  return { state: "known", value: found };
}

/** The mark a label or an annotation gives an object: on itself or on its pods. */
export function podMark(resource: Resource, name: string): Reading {
  const places = ["metadata", "spec.template.metadata", "spec.jobTemplate.spec.template.metadata"];
  const readings = places.flatMap((place) => ["labels", "annotations"].flatMap((kind) => readAll(resource, `${place}.${kind}["${name}"]`)));
  // Only an object that is known as a whole can be unmarked: an unknown place may hold the mark.
  return readings.find(({ state }) => state === "known") ?? readings[0] ?? { state: "absent" };
}

/** The `name` of an object, for a message. */
export function nameOf(value: Json | Properties): string {
  const name = readPath(value, "name");
  return name.state === "known" && typeof name.value === "string" ? name.value : "without a name";
}
