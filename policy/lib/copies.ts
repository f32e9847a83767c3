import type { StackGraph } from "./graph";
import { append } from "./multimap";
import { number, read, readPath, type StackResource, text } from "./resource";

export const ECS_SERVICE = "aws:ecs/service:Service";
const SCALING_TARGET = "aws:appautoscaling/target:Target";
const POD_SCALERS = ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "kubernetes:autoscaling/v1:HorizontalPodAutoscaler"];

/** Tasks of a service that names no number. Source: `desiredCount` of aws.ecs.Service, 2026-11. */
const DEFAULT_TASKS = 0;
/** Pods of a workload, and fewest pods of an autoscaler, that names no number. Source: the Kubernetes API reference, 2026-11. */
const DEFAULT_PODS = 1;

/** The fewest copies of a workload that run at once, and the property that says so; `undefined` when it is not known yet. */
export interface Copies {
  readonly fewest: number | undefined;
  readonly property: string;
  /** What says so: the workload, or what scales it. */
  readonly by: StackResource;
}

/** True for a service with one task on each instance: it has no number of its own. */
export function runsOnEachHost(service: StackResource): boolean {
  return text(read(service, "schedulingStrategy")) === "DAEMON";
}

/** The fewest tasks of an ECS service: those its autoscaling keeps, else those it asks for. */
export function tasksOf(service: StackResource, graph: StackGraph): Copies {
  const scalers = graph.once(scalersByName);
  return (
    fewest([...(scalers.get(service.urn) ?? []), ...(scalers.get(scalableId(service)) ?? [])], "minCapacity", undefined) ??
    setting(service, "desiredCount", DEFAULT_TASKS)
  );
}

/** The fewest pods of a Deployment or a StatefulSet: those its autoscaler keeps, else those it asks for. */
export function podsOf(workload: StackResource, graph: StackGraph): Copies {
  const scalers = graph.once(scalersByName);
  const kind = workload.type.slice(workload.type.lastIndexOf(":") + 1);
  const name = objectId(workload, kind, objectName(workload, "metadata.name"));
  return (
    fewest([...(scalers.get(workload.urn) ?? []), ...(scalers.get(name) ?? [])], "spec.minReplicas", DEFAULT_PODS) ??
    setting(workload, "spec.replicas", DEFAULT_PODS)
  );
}

/** The setting of what scales a workload; of several, which AWS and Kubernetes advise against, the lowest. */
function fewest(scalers: readonly StackResource[], property: string, byDefault: number | undefined): Copies | undefined {
  const found = scalers.map((scaler) => setting(scaler, property, byDefault));
  return found.reduce<Copies | undefined>((least, next) => {
    if (least === undefined || next.fewest === undefined) return next;
    return least.fewest === undefined || least.fewest <= next.fewest ? least : next;
  }, undefined);
}

function setting(by: StackResource, property: string, byDefault: number | undefined): Copies {
  const reading = read(by, property);
  return { fewest: reading.state === "absent" ? byDefault : number(reading), property, by };
}

/** What scales workloads, by what it calls them and by the URNs that comes from. */
function scalersByName(graph: StackGraph): ReadonlyMap<string, readonly StackResource[]> {
  const result = new Map<string, StackResource[]>();
  for (const target of graph.ofType(SCALING_TARGET)) {
    const id = text(read(target, "resourceId"));
    for (const key of id === undefined ? sources(target, "resourceId") : [id, ...sources(target, "resourceId")])
      append(result, key, target);
  }
  for (const scaler of graph.ofType(...POD_SCALERS)) {
    const name = text(read(scaler, "spec.scaleTargetRef.name"));
    const kind = text(read(scaler, "spec.scaleTargetRef.kind"));
    for (const key of name === undefined ? sources(scaler, "spec") : [objectId(scaler, kind, name)]) append(result, key, scaler);
  }
  return result;
}

/** The URNs that the value of a property comes from. */
function sources(resource: StackResource, property: string): readonly string[] {
  return resource.propertyDependencies[property] ?? [];
}

/** What a scaling target calls a service. A service names its cluster by name or by ARN, which ends in the name. */
function scalableId(service: StackResource): string {
  const cluster = objectName(service, "cluster") ?? "default";
  return `service/${cluster.slice(cluster.lastIndexOf("/") + 1)}/${objectName(service, "name") ?? ""}`;
}

function objectId(object: StackResource, kind: string | undefined, name: string | undefined): string {
  return `${objectName(object, "metadata.namespace") ?? "default"} ${kind ?? ""} ${name ?? ""}`;
}

/** A name of a resource: as it is set, else as the provider made it. */
function objectName(resource: StackResource, path: string): string | undefined {
  return text(read(resource, path)) ?? text(readPath(resource.outputs ?? {}, path));
}
