import { parseJson } from "./json";
import { isObject, type Json, read, type Resource } from "./resource";

export const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";

export const ECS_CLUSTER = "aws:ecs/cluster:Cluster";

/** One container of a task definition, as ECS spells its properties. */
export type Container = { readonly [key: string]: Json };

/** The containers of a task definition; `invalid` says what is wrong with the text they are written in. */
export type Containers =
  | { readonly state: "known"; readonly value: readonly Container[] }
  | { readonly state: "absent" }
  | { readonly state: "unknown" }
  | { readonly state: "invalid"; readonly why: string };

/** Reads `containerDefinitions`, which is JSON in a string: as soon as one part of it is unknown, all of it is. */
export function containersOf(taskDefinition: Resource): Containers {
  const reading = read(taskDefinition, "containerDefinitions");
  if (reading.state !== "known") return reading;
  const parsed = parseJson(reading.value);
  if (parsed instanceof Error) return { state: "invalid", why: parsed.message };
  if (!Array.isArray(parsed)) return { state: "invalid", why: "it is not a list" };
  const containers = parsed.filter(isObject);
  return containers.length === parsed.length
    ? { state: "known", value: containers }
    : { state: "invalid", why: "a container is not an object" };
}

/** `0`, `root`, or either with a group, as ECS writes the user of a container. */
const ROOT = /^(0|root)(:|$)/;

/** Whether a container says that it runs as root. One that names no user runs as the one of its image, which no stack tells. */
export function isRoot({ user }: Container): boolean {
  return user === 0 || (typeof user === "string" && ROOT.test(user));
}

/** The name of a container, for a message. */
export function containerName(container: Container, index: number): string {
  const name = container["name"];
  return typeof name === "string" ? name : `number ${index + 1}`;
}
