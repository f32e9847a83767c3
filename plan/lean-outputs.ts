import * as pulumi from "@pulumi/pulumi";
import sdk = require("@pulumi/pulumi/output");

type Resources = ReadonlySet<pulumi.Resource>;

/** What an output comes to. */
export interface State {
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
  readonly resources: Resources;
}

/** What the SDK makes an output from; `allResources` may be a resource, some, or none. */
type Parts = readonly [
  resources: pulumi.Resource | Iterable<pulumi.Resource>,
  value: Promise<unknown>,
  isKnown: Promise<boolean>,
  isSecret: Promise<boolean>,
  allResources?: Promise<pulumi.Resource | Iterable<pulumi.Resource>>,
];

/** An output as the SDK has them, of whatever version. */
interface AnyOutput {
  resources(): Resources;
  allResources?(): Promise<Resources>;
  promise(withUnknowns: boolean): Promise<unknown>;
  readonly isKnown: Promise<boolean>;
  readonly isSecret: unknown;
}

const NONE: Resources = new Set();
const STATE = Symbol("state");
const OWN = Symbol("resources");

function setOf(resources: pulumi.Resource | Iterable<pulumi.Resource>): Resources {
  return pulumi.Resource.isInstance(resources) ? new Set([resources]) : new Set(resources);
}

function union(one: Resources, other: Resources): Resources {
  if (other.size === 0) return one;
  return one.size === 0 ? other : new Set([...one, ...other]);
}

function isOutput(value: unknown): value is AnyOutput {
  return pulumi.Output.isInstance(value);
}

function hasUnknowns(value: unknown): boolean {
  return typeof value === "object" && value !== null && sdk.containsUnknowns(value);
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** What any output comes to. */
async function stateOf(output: AnyOutput): Promise<State> {
  if (output instanceof LeanOutput) return output[STATE];
  const [value, isKnown, isSecret, resources] = await Promise.all([
    output.promise(true),
    output.isKnown,
    pulumi.isSecret(output as unknown as pulumi.Output<unknown>),
    output.allResources?.() ?? output.resources(),
  ]);
  return { value, isKnown, isSecret, resources };
}

/** What an output is whose value is another output: that one, and secret if either is. */
function lifted({ value, isKnown, isSecret, resources }: State): State | Promise<State> {
  if (!isOutput(value)) return { value, isKnown: isKnown && !hasUnknowns(value), isSecret, resources };
  return stateOf(value).then((inner) => ({
    ...inner,
    isSecret: isSecret || inner.isSecret,
    resources: union(resources, inner.resources),
  }));
}

/** What comes of a function of what an output came to. @param always also of one that is not known. */
function applied(state: State, func: (value: never) => unknown, always: boolean): State | Promise<State> {
  if (!state.isKnown && !always) return { ...state, value: undefined };
  // A function that wants to see what is not known sees that it is not.
  const value = state.isKnown || hasUnknowns(state.value) ? state.value : sdk.unknown;
  const made = func(value as never);
  const next = (result: unknown) => lifted({ ...state, value: result, isKnown: true });
  return isPromiseLike(made) ? Promise.resolve(made).then(next) : next(made);
}

/**
 * An output in one promise. The SDK's has some twenty, and thirty functions of its own, of which next to none is ever asked for.
 * What it answers is the same. Source: `OutputImpl` in output.js of @pulumi/pulumi 3.248.
 */
class LeanOutput implements AnyOutput {
  readonly [OWN]: Resources;
  readonly [STATE]: Promise<State>;

  constructor(own: Resources, state: Promise<State>) {
    this[OWN] = own;
    this[STATE] = state;
  }

  get __pulumiOutput(): boolean {
    return true;
  }

  get isKnown(): Promise<boolean> {
    return this[STATE].then(({ isKnown }) => isKnown);
  }

  get isSecret(): Promise<boolean> {
    return this[STATE].then(({ isSecret }) => isSecret);
  }

  resources(): Resources {
    return this[OWN];
  }

  allResources(): Promise<Resources> {
    return this[STATE].then(({ resources }) => resources);
  }

  promise(withUnknowns = false): Promise<unknown> {
    return this[STATE].then(({ value, isKnown }) => (withUnknowns || isKnown || !hasUnknowns(value) ? value : undefined));
  }

  apply(func: (value: never) => unknown, runWithUnknowns = false): LeanOutput {
    return leanOutput(
      this[OWN],
      this[STATE].then((state) => applied(state, func, runWithUnknowns)),
    );
  }

  get(): never {
    throw new Error("Cannot call '.get' during update or preview.\nTo manipulate the value of this Output, use '.apply' instead.");
  }

  toString(): string {
    return "Calling [toString] on an [Output<T>] is not supported.";
  }

  toJSON(): string {
    return "Calling [toJSON] on an [Output<T>] is not supported.";
  }
}

/** Members that nobody means to read of the value, and of which the SDK asks whether they are there. */
const NOT_LIFTED = /^(__|then$|doNotCapture$|deploymentOnlyModule$)/;

/** What an output does not have itself is read of its value. */
const LIFTING: ProxyHandler<LeanOutput> = {
  get(output, property) {
    if (property in output) return Reflect.get(output, property, output) as unknown;
    if (typeof property === "symbol" || NOT_LIFTED.test(property)) return undefined;
    return output.apply((value: unknown) => {
      if (value === undefined || value === null) return undefined;
      return sdk.isUnknown(value) ? sdk.unknown : (value as Readonly<Record<string, unknown>>)[property];
    }, true);
  },
};

/** @param own the resources that it comes from for certain. */
export function leanOutput(own: Resources, state: Promise<State>): LeanOutput {
  return new Proxy(new LeanOutput(own, state), LIFTING);
}

/** In the place of the SDK's own class. */
function Output(...[resources, value, isKnown, isSecret, allResources]: Parts): LeanOutput {
  const own = setOf(resources);
  const state = Promise.all([value, isKnown, isSecret, allResources ?? NONE]).then(([settled, known, secret, all]) =>
    lifted({ value: settled, isKnown: known, isSecret: secret, resources: union(setOf(all), own) }),
  );
  return leanOutput(own, state);
}

/** Values with outputs among them as one output of them all; undefined where there is none among them. */
function merged(values: readonly unknown[], whole: (values: readonly unknown[]) => unknown): LeanOutput | undefined {
  const outputs = values.filter(isOutput);
  if (outputs.length === 0) return undefined;
  const state = Promise.all(values.map(async (value) => (isOutput(value) ? stateOf(value) : undefined))).then((states) =>
    lifted({
      value: whole(values.map((value, index) => (states[index] ? states[index].value : value))),
      isKnown: states.every((one) => one?.isKnown ?? true),
      isSecret: states.some((one) => one?.isSecret ?? false),
      resources: states.reduce<Resources>((all, one) => (one ? union(all, one.resources) : all), NONE),
    }),
  );
  return leanOutput(
    outputs.reduce<Resources>((all, one) => union(all, one.resources()), NONE),
    state,
  );
}

/** A copy of a value, in which everything with an output in it is one output. */
function flattened(value: unknown, around: ReadonlySet<unknown>): unknown {
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value) || sdk.isUnknown(value)) return value;
  if (value instanceof Promise) {
    const state = value.then((inner) => lifted({ value: flattened(inner, around), isKnown: true, isSecret: false, resources: NONE }));
    return leanOutput(NONE, state);
  }
  if (isOutput(value)) {
    const state = stateOf(value).then((known) => applied(known, (inner: unknown) => flattened(inner, around), true));
    return leanOutput(value.resources(), state);
  }
  if (around.has(value)) throw new Error("Cannot create an Output from a circular structure");
  const inside = new Set(around).add(value);
  if (Array.isArray(value)) {
    const all = value.map((one) => flattened(one, inside));
    return merged(all, (settled) => settled) ?? all;
  }
  const keys = Object.keys(value);
  const all = Object.values(value).map((one) => flattened(one, inside));
  const whole = (values: readonly unknown[]) => Object.fromEntries(keys.map((key, index) => [key, values[index]]));
  return merged(all, whole) ?? whole(all);
}

function output(value: unknown): LeanOutput {
  const flat = flattened(value, NONE);
  if (flat instanceof LeanOutput) return flat;
  return leanOutput(NONE, Promise.resolve({ value: flat, isKnown: !hasUnknowns(flat), isSecret: false, resources: NONE }));
}

function marked(value: unknown, isSecret: boolean): LeanOutput {
  const made = output(value);
  return leanOutput(
    made[OWN],
    made[STATE].then((state) => ({ ...state, isSecret })),
  );
}

/** What the SDK offers to make outputs with, by name. */
const FUNCTIONS = {
  Output: Object.assign(Output, { create: output, isInstance: pulumi.Output.isInstance.bind(pulumi.Output) }),
  output,
  all: output,
  secret: (value: unknown) => marked(value, true),
  unsecret: (value: unknown) => marked(value, false),
  concat: (...parts: unknown[]) => output(parts).apply((known: unknown[]) => known.join("")),
  interpolate: (literals: TemplateStringsArray, ...placeholders: unknown[]) =>
    output(placeholders).apply((known: unknown[]) =>
      literals.reduce((text, literal, index) => `${text}${String(known[index - 1])}${literal}`),
    ),
  jsonStringify: (value: unknown, ...options: [replacer?: (string | number)[] | null, space?: string | number]) =>
    output(value).apply((known: unknown) => JSON.stringify(known, ...options)),
  jsonParse: (text: unknown, reviver?: (key: string, value: unknown) => unknown) =>
    output(text).apply((known: string) => JSON.parse(known, reviver) as unknown),
};

/**
 * Has the SDK, and all that is written with it, make outputs of one promise each: that takes a fifth of the time of running a program, and half of its memory.
 * @returns what puts its own back.
 */
export function leanOutputs(): () => void {
  // Its index has copies of what the module exports.
  const holders: object[] = [sdk, require("@pulumi/pulumi") as object];
  const names = Object.keys(FUNCTIONS);
  const before = holders.map((holder) => Object.fromEntries(names.map((name) => [name, Reflect.get(holder, name) as unknown])));
  const missing = names.find((name) => before.some((own) => typeof own[name] !== "function"));
  if (missing !== undefined) throw new Error(`the Pulumi SDK keeps ${missing} elsewhere than in version 3.248`);
  for (const holder of holders) Object.assign(holder, FUNCTIONS);
  return () => holders.forEach((holder, index) => Object.assign(holder, before[index]));
}
