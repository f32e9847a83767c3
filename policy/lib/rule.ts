import { z } from "zod";
import { type Fault, faultLine, faultsOf } from "./fault";
import type { StackGraph } from "./graph";
import type { Json, Resource } from "./resource";

/** How bad it is to break a rule; the words of the policy SDK. */
export type Severity = "low" | "medium" | "high" | "critical";

/** What the engine does on a violation: say it, stop, mend it where the rule can and else stop, or not look at all. */
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** A check of a public catalogue that a rule answers to, such as `{ name: "Checkov", id: "CKV_AWS_249" }`. */
export interface Framework {
  readonly name: string;
  readonly id: string;
}

/**
 * What a rule found about one resource. A rule that can't decide says `not evaluated`, never `pass`;
 * a resource the rule has nothing to say about gets no verdict.
 */
export type Verdict =
  | { readonly kind: "pass"; readonly urn: string }
  | { readonly kind: "fail"; readonly urn: string; readonly message: string; readonly property?: string }
  | { readonly kind: "not evaluated"; readonly urn: string; readonly why: string; readonly property?: string };

/** What every rule says about itself. */
export interface RuleInfo {
  /** Kebab case, unique in its pack, never reused: exceptions and configuration name it. */
  readonly id: string;
  /** What must hold, as one sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** What goes wrong where it doesn't hold. */
  readonly why: string;
  /** What to change, so that a person can do it. */
  readonly fix: string;
  readonly links: readonly string[];
  readonly frameworks: readonly Framework[];
}

/** A setting of a rule; every property of the schema has a description and a default. */
export type ConfigSchema = z.ZodObject;

/** The settings of one rule as a user wrote them. */
export type RuleConfig = Readonly<Record<string, unknown>>;

/** What mends a resource: new values by the path of an input, such as `{ "metadataOptions.httpTokens": "required" }`; undefined leaves one as it is. */
export type Remedy = Readonly<Record<string, Json | undefined>>;

/** A rule that looks at one resource at a time, before it is made. */
export interface ResourceRule extends RuleInfo {
  readonly scope: "resource";
  /** The type tokens it looks at. */
  readonly types: ReadonlySet<string>;
  /** True when it also reads the `providerInputs` of a resource. */
  readonly readsProvider: boolean;
  readonly config: ConfigSchema;
  /** The check with its settings applied. Throws `RuleConfigError` for settings that are wrong. */
  configured(config: RuleConfig): (resource: Resource) => readonly Verdict[];
  /** What mends a resource that breaks the rule, with its settings applied; absent for a rule that only a person can answer. */
  remedies?(config: RuleConfig): (resource: Resource) => Remedy | undefined;
}

/** A rule that looks at all resources of a stack together. */
export interface StackRule extends RuleInfo {
  readonly scope: "stack";
  readonly config: ConfigSchema;
  /** The check with its settings applied. Throws `RuleConfigError` for settings that are wrong. */
  configured(config: RuleConfig): (stack: StackGraph) => readonly Verdict[];
}

export type Rule = ResourceRule | StackRule;

/** A named list of rules. */
export interface Pack {
  /** Letters, digits, `-`, `_` and `.`: the engine refuses others. */
  readonly name: string;
  readonly description: string;
  readonly rules: readonly Rule[];
}

/** Settings of a rule that its schema refuses; the key of each fault is the path of the setting. */
export class RuleConfigError extends Error {
  constructor(
    readonly rule: string,
    readonly faults: readonly Fault[],
  ) {
    super(`settings of rule ${rule}: ${faults.map(faultLine).join("; ")}`);
    this.name = "RuleConfigError";
  }
}

/** Rules without settings have this schema. */
const NO_CONFIG = z.strictObject({});

/**
 * Makes a rule that looks at one resource at a time. The check sees only resources of `types`.
 * `remediate` says what would mend a resource that breaks the rule. It acts only where the level of the rule is `remediate`, and only if every value it
 * touches is known or absent, nothing stateful is replaced by it, and the rule passes afterwards: it need not look after any of that.
 */
export function resourceRule<C extends ConfigSchema = typeof NO_CONFIG>(
  spec: RuleInfo & {
    readonly types: readonly string[];
    readonly readsProvider?: true;
    readonly config?: C;
    readonly check: (resource: Resource, config: z.output<C>) => readonly Verdict[];
    readonly remediate?: (resource: Resource, config: z.output<C>) => Remedy | undefined;
  },
): ResourceRule {
  const { types, check, config, remediate, readsProvider = false, ...info } = spec;
  return {
    ...info,
    scope: "resource",
    types: new Set(types),
    readsProvider,
    config: config ?? NO_CONFIG,
    configured: (given) => {
      const settings = parse(info.id, config, given);
      return (resource) => check(resource, settings);
    },
    ...(remediate && {
      remedies: (given) => {
        const settings = parse(info.id, config, given);
        return (resource) => remediate(resource, settings);
      },
    }),
  };
}

/** Makes a rule that looks at all resources of a stack together. */
export function stackRule<C extends ConfigSchema = typeof NO_CONFIG>(
  spec: RuleInfo & {
    readonly config?: C;
    readonly check: (stack: StackGraph, config: z.output<C>) => readonly Verdict[];
  },
): StackRule {
  const { check, config, ...info } = spec;
  return {
    ...info,
    scope: "stack",
    config: config ?? NO_CONFIG,
    configured: (given) => {
      const settings = parse(info.id, config, given);
      return (stack) => check(stack, settings);
    },
  };
}

export function pass(urn: string): Verdict {
  return { kind: "pass", urn };
}

export function fail(urn: string, message: string, property?: string): Verdict {
  return { kind: "fail", urn, message, property };
}

export function notEvaluated(urn: string, why: string, property?: string): Verdict {
  return { kind: "not evaluated", urn, why, property };
}

/** The settings of a rule with its defaults; without a schema there are none, and `C` is `NO_CONFIG`. */
function parse<C extends ConfigSchema>(rule: string, schema: C | undefined, given: RuleConfig): z.output<C> {
  const result = (schema ?? NO_CONFIG).safeParse(given);
  if (!result.success)
    throw new RuleConfigError(rule, faultsOf(result.error.issues, z.toJSONSchema(schema ?? NO_CONFIG, { io: "input" }), given));
  return result.data as z.output<C>;
}
