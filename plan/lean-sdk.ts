import * as pulumi from "@pulumi/pulumi";
import debuggable = require("@pulumi/pulumi/runtime/debuggable");
import { containsUnknowns } from "@pulumi/pulumi/output";
import rpc = require("@pulumi/pulumi/runtime/rpc");
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Json, type Properties } from "./graph";
import { leanOutput, leanOutputs } from "./lean-outputs";
import { PlainStruct } from "./plain-struct";

/** Puts something in the place of a function of the SDK. @returns what puts it back. */
function replace<Owner extends object, Key extends keyof Owner>(owner: Owner, key: Key, by: Owner[Key]): () => void {
  const before = owner[key];
  if (typeof before !== "function") throw new Error(`the Pulumi SDK keeps ${String(key)} elsewhere than in version 3.248`);
  owner[key] = by;
  return () => {
    owner[key] = before;
  };
}

/** What an output of a resource came to. */
interface Settled {
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
  readonly dependencies: readonly pulumi.Resource[];
}

/** The outputs of one resource, all settled by the one answer to its registration. */
class Answer {
  settle: (states: ReadonlyMap<string, Settled>) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;
  private readonly states = new Promise<ReadonlyMap<string, Settled>>((settle, fail) => Object.assign(this, { settle, fail }));

  constructor(readonly keys: readonly string[]) {}

  /** An output of the resource, as the SDK would have made it. */
  output(owner: pulumi.Resource, key: string): unknown {
    const state = this.states.then((states) => {
      const found = states.get(key);
      if (!found) throw new Error(`output ${key} was not answered`);
      const { dependencies, isKnown, ...settled } = found;
      return { ...settled, isKnown: isKnown && !containsUnknowns(settled.value), resources: new Set([...dependencies, owner]) };
    });
    return leanOutput(new Set([owner]), state);
  }
}

const answers = new WeakMap<object, Answer>();
const accessors = new Map<string, PropertyDescriptor>();

function hold(owner: object, key: string, value: unknown): void {
  Object.defineProperty(owner, key, { configurable: true, enumerable: true, writable: true, value });
}

/** A property that becomes an output when somebody reads it; one for all resources that have it. */
function accessor(key: string): PropertyDescriptor {
  const known = accessors.get(key);
  if (known) return known;
  const made: PropertyDescriptor = {
    configurable: true,
    enumerable: true,
    get(this: pulumi.Resource) {
      const output = answers.get(this)?.output(this, key);
      hold(this, key, output);
      return output;
    },
    set(this: pulumi.Resource, value: unknown) {
      hold(this, key, value);
    },
  };
  accessors.set(key, made);
  return made;
}

function transferProperties(owner: pulumi.Resource, label: string, inputs: object): Answer {
  const answer = new Answer(Object.keys(inputs).filter((key) => key !== "id" && key !== "urn"));
  answers.set(owner, answer);
  for (const key of answer.keys) {
    if (Object.hasOwn(owner, key)) throw new Error(`Property '${key}' is already initialized on target '${label}`);
    Object.defineProperty(owner, key, accessor(key));
  }
  return answer;
}

/** As the SDK does it, `resolveProperties` in rpc.js of @pulumi/pulumi 3.248: what the answer has is known, anything else is not while nothing is made. */
function settleProperties(
  answer: Answer,
  values: Readonly<Record<string, unknown>>,
  dependencies: Readonly<Record<string, readonly pulumi.Resource[]>>,
  error: Error | undefined,
  keepUnknowns = false,
): void {
  if (error) {
    answer.fail(error);
    return;
  }
  const isAbsentKnown = !pulumi.runtime.isDryRun() && !keepUnknowns;
  const state = (key: string): Settled =>
    Object.hasOwn(values, key)
      ? {
          value: rpc.unwrapRpcSecret(values[key]),
          isKnown: true,
          isSecret: Boolean(rpc.isRpcSecret(values[key])),
          dependencies: dependencies[key] ?? [],
        }
      : { value: undefined, isKnown: isAbsentKnown, isSecret: false, dependencies: [] };
  answer.settle(new Map(answer.keys.map((key) => [key, state(key)])));
}

/**
 * Makes an output of a resource when it is first read. The SDK makes one for each property of each resource, with four promises and their debug
 * texts; a program reads one in twenty.
 */
function lazyOutputs(): () => void {
  const { resolveProperties } = rpc;
  const undo = [
    replace(rpc, "transferProperties", transferProperties as unknown as typeof rpc.transferProperties),
    replace(rpc, "resolveProperties", (resource, resolvers, type, name, values, dependencies, error, keepUnknowns) => {
      const answer: unknown = resolvers;
      if (answer instanceof Answer)
        settleProperties(answer, values as Readonly<Record<string, unknown>>, dependencies, error, keepUnknowns);
      else resolveProperties(resource, resolvers, type, name, values, dependencies, error, keepUnknowns);
    }),
  ];
  return () => undo.forEach((restore) => restore());
}

/** A value of which all is at hand, as the SDK would send it; undefined for one with an output, a promise, a resource or a file in it, and for none. */
function atHand(value: unknown): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value)) return value.includes(undefined) ? undefined : listAtHand(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy: Properties = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const plain = atHand(inner);
    if (plain === undefined) return undefined;
    copy[key] = plain;
  }
  return copy;
}

function listAtHand(values: readonly unknown[]): Json[] | undefined {
  const copy: Json[] = [];
  for (const value of values) {
    const plain = atHand(value);
    if (plain === undefined) return undefined;
    copy.push(plain);
  }
  return copy;
}

/** Copies what is at hand at once. The SDK awaits every value in every value, one after the other. */
function promptInputs(): () => void {
  const { serializeResourceProperties } = rpc;
  return replace(rpc, "serializeResourceProperties", async (label, inputs, options) => {
    const values: Record<string, unknown> = {};
    const dependencies = new Map<string, Set<pulumi.Resource>>();
    for (const key of Object.keys(inputs)) {
      const input: unknown = inputs[key];
      if (key === "id" || key === "urn" || input === undefined) continue;
      const plain = atHand(input);
      if (plain !== undefined) {
        values[key] = plain;
        dependencies.set(key, new Set());
        continue;
      }
      const [made, from] = await serializeResourceProperties(label, { [key]: input }, options);
      Object.assign(values, made);
      for (const [name, resources] of from) dependencies.set(name, resources);
    }
    return [values, dependencies];
  });
}

/** Lets the SDK hand its requests over as objects: nothing goes over a wire. */
function plainRequests(): () => void {
  return replace(Struct, "fromJavaScript", (value: object) => PlainStruct.of(value as Properties));
}

/** Three promises for each promise, and a stack trace, to name at the exit those that nobody settled; `unlessStalled` says as much. */
function noLeakDetection(): () => void {
  const internal = debuggable as unknown as { debuggablePromise: (promise: Promise<unknown>) => Promise<unknown> };
  return replace(internal, "debuggablePromise", (promise) => promise);
}

/**
 * Keeps the SDK from taking stack traces: one for every promise, and one without a limit for every resource, to tell the engine the line that
 * asked for it. The plan does not tell lines. Source: `callsites` in resource.ts of @pulumi/pulumi 3.248.
 */
function noStackTraces(): () => void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const restore = replace(pulumi.Resource as unknown as { callsites: () => readonly object[] }, "callsites", () => []);
  return () => {
    Error.stackTraceLimit = limit;
    restore();
  };
}

/**
 * Keeps the SDK from doing what only a wire, an engine or a search for its bugs needs: two thirds of the time that running a program takes.
 * What the program registers is the same; in which order may differ where nothing asks for one.
 * @returns what puts all back.
 */
export function leanSdk(): () => void {
  const undo = [noStackTraces(), noLeakDetection(), leanOutputs(), lazyOutputs(), promptInputs(), plainRequests()];
  return () => undo.forEach((restore) => restore());
}
