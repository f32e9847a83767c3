import type { StackGraph } from "../graph";
import { append } from "../multimap";
import { read, type StackResource, type Tri } from "../resource";
import { functionOf } from "./functions";

export const PERMISSION = "aws:lambda/permission:Permission";
export const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";

/**
 * Services that hand a function an event and do not wait for what becomes of it.
 * Source: Lambda developer guide, "Invoking a Lambda function asynchronously" and "Invoking Lambda with events from other AWS services" (2026-11).
 */
const ASYNCHRONOUS = new Set([
  "s3.amazonaws.com",
  "sns.amazonaws.com",
  "events.amazonaws.com",
  "ses.amazonaws.com",
  "iot.amazonaws.com",
  "logs.amazonaws.com",
  "config.amazonaws.com",
  "codecommit.amazonaws.com",
  "cloudformation.amazonaws.com",
]);

/** Who calls the functions of a stack without a word about it in their permissions: the path names the function. */
const CALLERS: readonly (readonly [type: string, path: string, asynchronous: boolean])[] = [
  ["aws:scheduler/schedule:Schedule", "target.arn", true],
  ["aws:lambda/functionUrl:FunctionUrl", "functionName", false],
];

/** Something of the stack that calls a function. */
export interface Caller {
  readonly by: StackResource;
  /** Whether it waits for no answer; undefined when it is not known who it is. */
  readonly asynchronous: Tri;
}

/** What calls each function, by its URN; for `StackGraph.once`. What polls a queue or a stream for it is no caller: that keeps the event itself. */
export function callersOf(graph: StackGraph): ReadonlyMap<string, readonly Caller[]> {
  const result = new Map<string, Caller[]>();
  for (const permission of graph.ofType(PERMISSION)) {
    const called = functionOf(permission, "function", graph);
    if (called !== undefined) append(result, called.urn, { by: permission, asynchronous: isAsynchronous(permission) });
  }
  for (const [type, path, asynchronous] of CALLERS) {
    for (const by of graph.ofType(type)) {
      const called = functionOf(by, path, graph);
      if (called !== undefined) append(result, called.urn, { by, asynchronous });
    }
  }
  return result;
}

/** The settings for asynchronous calls of each function, by its URN; for `StackGraph.once`. */
export function invokeConfigsOf(graph: StackGraph): ReadonlyMap<string, readonly StackResource[]> {
  const result = new Map<string, StackResource[]>();
  for (const config of graph.ofType(INVOKE_CONFIG)) {
    const called = functionOf(config, "functionName", graph);
    if (called !== undefined) append(result, called.urn, config);
  }
  return result;
}

function isAsynchronous(permission: StackResource): Tri {
  const principal = read(permission, "principal");
  if (principal.state === "unknown") return undefined;
  return principal.state === "known" && typeof principal.value === "string" && ASYNCHRONOUS.has(principal.value);
}
