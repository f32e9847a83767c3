import { TASK_DEFINITION } from "../containers";
import type { StackGraph } from "../graph";
import { read, type Reading, type StackResource } from "../resource";

/** What is asked of the task definition of a service; `undefined` when it has none that the stack shows, and then there is nothing to say. */
export type ServiceTask = { readonly state: "known"; readonly task: StackResource } | { readonly state: "unknown" };

/** The task definition of a service. */
export function taskOf(service: StackResource, graph: StackGraph): ServiceTask | undefined {
  const task = graph.reference(service, "taskDefinition", [TASK_DEFINITION]);
  if (task === undefined || task.kind === "external") return undefined;
  return task.kind === "resource" ? { state: "known", task: task.resource } : { state: "unknown" };
}

/** The network mode of a task definition. Default: bridge, on Linux instances. */
export function networkMode(task: StackResource): Reading {
  const reading = read(task, "networkMode");
  return reading.state === "absent" ? { state: "known", value: "bridge" } : reading;
}
