import { type EnforcementLevel, type Policies, type PolicyConfigSchema, PolicyPack, type PolicyResource } from "@pulumi/policy";
import { z } from "zod";
import { messageOf } from "./evaluate";
import { StackGraph } from "./graph";
import { toJson } from "./json";
import { defaultLevel, isLevel } from "./levels";
import type { Properties, Resource, StackResource } from "./resource";
import type { Level, Pack, Rule, RuleConfig, Severity, Verdict } from "./rule";

/** The environment variable that gives every rule of a pack one level, for an environment that has no configuration file. */
export const LEVEL_VARIABLE = "STRATA_POLICY_LEVEL";

/**
 * Serves a pack to the engine. Called once a process, by the entry of a pack.
 * The level of a rule is that of `--policy-pack-config`, else `STRATA_POLICY_LEVEL`, else that of its severity. Throws when the variable holds no level.
 */
export function servePack(pack: Pack, environment: NodeJS.ProcessEnv = process.env): PolicyPack {
  const level = environment[LEVEL_VARIABLE];
  if (level !== undefined && !isLevel(level)) {
    throw new Error(`${LEVEL_VARIABLE}: "${level}" is not an enforcement level; use advisory, mandatory or disabled`);
  }
  // No initial configuration: with one, the engine turns rules advisory that it gives no level.
  return new PolicyPack(pack.name, { description: pack.description, policies: policiesOf(pack, level) });
}

/** The rules of a pack as policies of the SDK. */
export function policiesOf(pack: Pack, level?: Level): Policies {
  const inputs = new SeenInputs();
  return pack.rules.map((rule) => {
    const policy = {
      name: rule.id,
      displayName: rule.title,
      description: `${rule.title}. ${rule.why}`,
      enforcementLevel: level ?? defaultLevel(rule.severity),
      severity: rule.severity,
      remediationSteps: rule.fix,
      url: rule.links[0],
      tags: rule.frameworks.map(({ name, id }) => `${name} ${id}`),
      configSchema: configSchema(rule),
    };
    if (rule.scope === "resource") {
      return {
        ...policy,
        validateResource: (args, report) => {
          const properties = inputs.record(rule.id, args.urn, args.props);
          if (!rule.types.has(args.type)) args.notApplicable("the rule is about other types");
          const resource = viewOf(args.urn, args.type, args.name, args.opts.parent, properties(), args.opts.protect);
          run(rule, report, resource.urn, () => rule.configured(args.getConfig<RuleConfig>())(resource));
        },
      };
    }
    return {
      ...policy,
      validateStack: (args, report) => {
        const stack = new StackGraph(args.resources.map((resource) => stackViewOf(resource, inputs)));
        run(rule, report, undefined, () => rule.configured(args.getConfig<RuleConfig>())(stack));
      },
    };
  });
}

/**
 * What the SDK takes in the place of a message, though its types only speak of a string: it then keeps the level and the resource of each.
 * Source: makeReportViolationFun in @pulumi/policy 1.21 server.js (2026-11-23).
 */
interface Diagnostic {
  readonly message: string;
  readonly description: string;
  readonly urn: string | undefined;
  readonly severity: Severity;
  /** Absent: the level of the policy. */
  readonly enforcementLevel?: EnforcementLevel;
}

/** The SDK's callback with both things it takes. */
type Report = (violation: string | Diagnostic, urn?: string) => void;

/**
 * Runs a rule and reports its verdicts. A rule that throws is reported as broken, and always stops: thrown on, it would take
 * every other diagnostic of the call with it.
 */
function run(
  rule: Rule,
  reportViolation: (message: string, urn?: string) => void,
  urn: string | undefined,
  check: () => readonly Verdict[],
): void {
  const report = reportViolation as Report;
  const about = { description: rule.title, severity: rule.severity };
  let verdicts: readonly Verdict[];
  try {
    verdicts = check();
  } catch (error) {
    report({ ...about, urn, message: brokenMessage(rule.id, messageOf(error)), enforcementLevel: "mandatory" });
    return;
  }
  for (const verdict of verdicts) {
    if (verdict.kind === "fail") report({ ...about, urn: verdict.urn, message: failMessage(verdict.message, rule.fix) });
    if (verdict.kind === "not evaluated") {
      report({ ...about, urn: verdict.urn, message: notEvaluatedMessage(verdict.why), enforcementLevel: "advisory" });
    }
  }
}

/** What the engine prints for a violation. */
export function failMessage(message: string, fix: string): string {
  return `${message}\nFix: ${fix}`;
}

/** What the engine prints where a rule could not decide. */
export function notEvaluatedMessage(why: string): string {
  return `not evaluated: ${why}`;
}

/** What the engine prints for a rule that threw. */
export function brokenMessage(rule: string, error: string): string {
  return `the rule ${rule} is broken: ${error}`;
}

function configSchema(rule: Rule): PolicyConfigSchema | undefined {
  if (Object.keys(rule.config.shape).length === 0) return undefined;
  const { properties } = z.toJSONSchema(rule.config, { io: "input" });
  return { properties: (properties ?? {}) as PolicyConfigSchema["properties"] };
}

function viewOf(urn: string, type: string, name: string, parent: string | undefined, inputs: Properties, protect: boolean): Resource {
  return { urn, type, name, parent, inputs, protect };
}

/** A resource of a whole stack. The engine shows its outputs only, so its inputs are those of when it asked about the resource alone. */
function stackViewOf(resource: PolicyResource, seen: SeenInputs): StackResource {
  const outputs = json(resource.props);
  const propertyDependencies: Record<string, readonly string[]> = {};
  for (const [key, found] of Object.entries(resource.propertyDependencies)) propertyDependencies[key] = found.map(({ urn }) => urn);
  const dependencies = resource.dependencies.map(({ urn }) => urn);
  const parent = resource.parent?.urn ?? resource.opts.parent;
  const inputs = seen.of(resource.urn) ?? outputs;
  return {
    ...viewOf(resource.urn, resource.type, resource.name, parent, inputs, resource.opts.protect),
    ...(resource.provider && { provider: resource.provider.urn }),
    dependencies,
    propertyDependencies,
    outputs,
  };
}

/**
 * The inputs of every resource the engine asked about by itself, which it does before it asks about the stack.
 * Without them an input that is absent can't be told from one that is not known: a preview shows what the provider will fill in as unknown.
 * In a pack without resource rules nothing is seen, and a stack rule reads the outputs, unknown ones as unknown.
 */
class SeenInputs {
  private readonly byUrn = new Map<string, { rule: string; inputs: Properties }>();

  /** Remembers the inputs once a resource: by the first rule that sees it, again when that rule sees it again. */
  record(rule: string, urn: string, props: unknown): () => Properties {
    const known = this.byUrn.get(urn);
    if (known !== undefined && known.rule !== rule) return () => json(props);
    const inputs = json(props);
    this.byUrn.set(urn, { rule, inputs });
    return () => inputs;
  }

  of(urn: string): Properties | undefined {
    return this.byUrn.get(urn)?.inputs;
  }
}

/** The properties of the SDK, which throw on an unknown, as plain JSON. */
function json(props: unknown): Properties {
  const value = toJson(props);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
