import { type Json, type Properties, UNKNOWN } from "../graph";
import {
  type ChildRequest,
  type Expanded,
  NotModelled,
  reference,
  RefusedByComponent,
  type Register,
  type RegisteredChild,
  type RemoteComponent,
} from "./expansion";
import { isRecord } from "./shapes";

/** A value and the URNs it comes from: what an Output is, once resolved. */
export class Sourced {
  constructor(
    readonly value: Json | undefined,
    readonly urns: readonly string[],
  ) {}
}

/** A property as a component writes it: plain values with sourced ones anywhere inside. Undefined is left out, as the SDK leaves it out. */
export type Input = Sourced | undefined | string | number | boolean | null | readonly Input[] | { readonly [key: string]: Input };

/** The plain value of an input, with all its sources. */
export function resolve(input: Input): Sourced {
  if (input instanceof Sourced) return input;
  if (input === undefined || input === null || typeof input !== "object") return new Sourced(input, []);
  const urns = new Set<string>();
  const plain = (part: Input): Json | undefined => {
    const resolved = resolve(part);
    for (const urn of resolved.urns) urns.add(urn);
    return resolved.value;
  };
  if (isList(input)) {
    const values = input.map(plain).filter((value) => value !== undefined);
    return new Sourced(values, [...urns]);
  }
  const value: Properties = {};
  for (const [key, part] of Object.entries(input)) {
    const resolved = plain(part);
    if (resolved !== undefined) value[key] = resolved;
  }
  return new Sourced(value, [...urns]);
}

function isList(input: readonly Input[] | { readonly [key: string]: Input }): input is readonly Input[] {
  return Array.isArray(input);
}

/** A value made from others, with the sources of all; unknown as soon as one of them is or has in it an unknown. */
export function derive(parts: readonly Input[], make: (values: (Json | undefined)[]) => Json | undefined): Sourced {
  const resolved = parts.map(resolve);
  const urns = [...new Set(resolved.flatMap((part) => part.urns))];
  const values = resolved.map((part) => part.value);
  return new Sourced(values.some(holdsUnknown) ? UNKNOWN : make(values), urns);
}

function holdsUnknown(value: Json | undefined): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}

/** Maps laid over each other, later ones winning. A map that is unknown as a whole makes the result unknown; an unknown entry stays one entry. */
export function overlay(...maps: readonly Input[]): Sourced {
  const resolved = maps.map(resolve);
  const urns = [...new Set(resolved.flatMap((map) => map.urns))];
  if (resolved.some((map) => map.value === UNKNOWN)) return new Sourced(UNKNOWN, urns);
  return new Sourced(Object.assign({}, ...resolved.map((map) => map.value)) as Properties, urns);
}

/** The id of a child. */
export function idOf(child: RegisteredChild): Sourced {
  return new Sourced(child.id, [child.urn]);
}

/** An output of a child. */
export function outputOf(child: RegisteredChild, name: string): Sourced {
  return new Sourced(child.outputs[name], [child.urn]);
}

/** A child as a property value. */
export function referenceTo(child: RegisteredChild): Sourced {
  return new Sourced(reference(child), [child.urn]);
}

/** The outputs of a component, each with its sources. One that is undefined is left out. */
export function expanded(outputs: { readonly [key: string]: Input }): Expanded {
  const values: Properties = {};
  const outputDependencies: Record<string, readonly string[]> = {};
  for (const [key, output] of Object.entries(outputs)) {
    const { value, urns } = resolve(output);
    if (value === undefined) continue;
    values[key] = value;
    outputDependencies[key] = urns;
  }
  return { outputs: values, outputDependencies };
}

/** A value inside an output or an input, by keys and list positions; undefined where the path ends early, unknown where it meets an unknown. */
export function at(input: Input, ...path: readonly (string | number)[]): Sourced {
  const { value, urns } = resolve(input);
  let inner: Json | undefined = value;
  for (const step of path) {
    if (inner === UNKNOWN) break;
    if (typeof inner !== "object" || inner === null) return new Sourced(undefined, urns);
    inner = Array.isArray(inner) ? inner[Number(step)] : inner[step];
  }
  return new Sourced(inner ?? undefined, urns);
}

/** How a child differs from the plain case: managed by the default provider, waiting only for what its inputs come from. */
export interface ChildOptions {
  readonly dependsOn?: readonly string[];
  /** False for a component. Default: true. */
  readonly custom?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly retainOnDelete?: boolean;
  readonly provider?: RegisteredChild;
}

/** The arguments of a remote component, read with their types, and the place where its children are registered. */
export class Construction {
  constructor(
    readonly component: RemoteComponent,
    private readonly register: Register,
  ) {}

  /** Registers a child whose dependencies follow from its inputs. */
  child(
    type: string,
    name: string,
    parent: { readonly urn: string },
    inputs: { readonly [key: string]: Input },
    options: ChildOptions = {},
  ): RegisteredChild {
    const values: Properties = {};
    const propertyDependencies: Record<string, readonly string[]> = {};
    for (const [key, input] of Object.entries(inputs)) {
      const { value, urns } = resolve(input);
      if (value === undefined) continue;
      values[key] = value;
      if (urns.length > 0) propertyDependencies[key] = urns;
    }
    const request: ChildRequest = {
      type,
      name,
      parent: parent.urn,
      custom: options.custom ?? true,
      inputs: values,
      dependencies: [...new Set([...(options.dependsOn ?? []), ...Object.values(propertyDependencies).flat()])],
      propertyDependencies,
      ...(options.ignoreChanges && { ignoreChanges: options.ignoreChanges }),
      ...(options.retainOnDelete && { retainOnDelete: true }),
      ...(options.provider && { provider: `${options.provider.urn}::${options.provider.id}` }),
    };
    return this.register(request);
  }

  /** An argument as given, with its sources. */
  argument(key: string): Sourced {
    return new Sourced(this.component.inputs[key] ?? undefined, this.component.propertyDependencies[key] ?? []);
  }

  /** A part of an argument. Its sources are those of the whole argument: the protocol does not say which part comes from where. */
  within(key: string, value: Json | undefined): Sourced {
    return new Sourced(value ?? undefined, value === undefined ? [] : (this.component.propertyDependencies[key] ?? []));
  }

  /** True when the argument is given. */
  has(key: string): boolean {
    return this.argument(key).value !== undefined;
  }

  /** An argument that must be known to plan: a string, or undefined when not given. */
  text(key: string): string | undefined {
    return this.typed(key, "a string", (value): value is string => typeof value === "string");
  }

  number(key: string): number | undefined {
    return this.typed(key, "a number", (value): value is number => typeof value === "number");
  }

  flag(key: string): boolean | undefined {
    return this.typed(key, "true or false", (value): value is boolean => typeof value === "boolean");
  }

  texts(key: string): string[] | undefined {
    return this.typed(
      key,
      "a list of strings",
      (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === "string" && item !== UNKNOWN),
    );
  }

  /** An object whose entries may be unknown. */
  record(key: string): Properties | undefined {
    return this.typed(key, "an object", isRecord);
  }

  records(key: string): Properties[] | undefined {
    return this.typed(key, "a list of objects", (value): value is Properties[] => Array.isArray(value) && value.every(isRecord));
  }

  refuse(what: string, right: string): never {
    throw new RefusedByComponent(this.component, what, right);
  }

  notModelled(what: string, right: string): never {
    throw new NotModelled(this.component, what, right);
  }

  private typed<T extends Json>(key: string, wanted: string, is: (value: Json) => value is T): T | undefined {
    const { value } = this.argument(key);
    if (value === undefined) return undefined;
    if (value === UNKNOWN || !is(value)) {
      const got = value === UNKNOWN ? "a value that is only known after another resource exists" : JSON.stringify(value);
      return this.refuse(`${key} decides which children there are and got ${got}`, `Give ${wanted} that is known when the program runs`);
    }
    return value;
  }
}
