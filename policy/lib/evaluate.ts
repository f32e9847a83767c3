import { type Exceptions, ExceptionLedger, type ExceptionUse, NO_EXCEPTIONS, type PolicyException } from "./exceptions";
import { type Fault, keyOf, PolicyConfigError } from "./fault";
import { StackGraph } from "./graph";
import { type PackConfig, type RuleSettings, settingsOf, violationLevel } from "./levels";
import { messageOf } from "./message";
import { mended, mender } from "./remediation";
import { perObject } from "./per-object";
import type { StackResource } from "./resource";
import { type Level, type Pack, type ResourceRule, type Rule, RuleConfigError, type Severity, type Verdict } from "./rule";

/** A rule that a resource breaks. */
export interface Violation {
  readonly pack: string;
  readonly rule: string;
  readonly severity: Severity;
  /** Whether it stops a deployment. */
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
  /** The input property that is wrong, where it is one. */
  readonly property?: string;
  readonly fix: string;
}

/** A violation that an exception lets off. */
export interface Excepted extends Omit<Violation, "level">, Pick<PolicyException, "reason" | "owner" | "expires"> {}

/** A violation that the engine would mend before it makes the resource. */
export interface Remediated {
  readonly pack: string;
  readonly rule: string;
  readonly urn: string;
  /** What is wrong before. */
  readonly message: string;
  /** The inputs that are changed, by their paths. */
  readonly properties: readonly string[];
}

/** A resource that a rule could not decide about. */
export interface NotEvaluated {
  readonly pack: string;
  readonly rule: string;
  readonly urn: string;
  readonly why: string;
}

/** A rule that threw. Its other verdicts, and those of other rules, stand. */
export interface BrokenRule {
  readonly pack: string;
  readonly rule: string;
  /** The resource it threw on; absent for a stack rule. */
  readonly urn?: string;
  readonly error: string;
}

export interface Evaluation {
  readonly violations: readonly Violation[];
  readonly excepted: readonly Excepted[];
  readonly remediated: readonly Remediated[];
  readonly notEvaluated: readonly NotEvaluated[];
  readonly broken: readonly BrokenRule[];
  /** What became of each exception from a rule that ran, where it is about this stack. */
  readonly exceptions: readonly ExceptionUse[];
  /** How many times a rule came to a verdict about a resource, `not evaluated` included. */
  readonly evaluations: number;
}

/** The settings of each pack, by its name. */
export type Configs = Readonly<Record<string, PackConfig>>;

/**
 * Evaluates packs over the resources of a stack, in this process, with the verdicts that the engine's analyzer would give.
 * Throws `PolicyConfigError` before any rule runs when settings are wrong; a rule that throws is reported as broken.
 */
export function evaluate(
  packs: readonly Pack[],
  resources: readonly StackResource[],
  configs: Configs = {},
  exceptions: Exceptions = NO_EXCEPTIONS,
): Evaluation {
  const ledger = new ExceptionLedger(exceptions);
  const result = new Collected(ledger);
  const runs = prepare(packs, configs);
  for (const { urn } of resources.slice(0, 1)) ledger.saw(urn);
  const stack = new StackGraph(remediate(runs, resources, result, ledger));
  for (const run of runs) {
    ledger.ranRule(run.rule.id);
    const { rule, settings } = run;
    if (rule.scope === "stack") {
      const check = rule.configured(settings.config);
      result.run(run, undefined, () => check(stack));
      continue;
    }
    const check = known(rule, settings.config);
    for (const type of rule.types)
      for (const resource of stack.ofType(type)) result.run(run, resource.urn, () => check(asRead(rule, resource, stack)));
  }
  return result.evaluation();
}

type Check = ReturnType<ResourceRule["configured"]>;

/** The check of each rule with each of its settings; a rule that is loaded anew is another one. */
const checks = new WeakMap<ResourceRule, Map<string, Check>>();

/** A check that knows its verdicts about resources it has seen before. */
function known(rule: ResourceRule, config: RuleSettings["config"]): Check {
  const own = checks.get(rule) ?? new Map<string, Check>();
  checks.set(rule, own);
  const key = JSON.stringify(config);
  const check = own.get(key) ?? perObject(rule.configured(config));
  own.set(key, check);
  return check;
}

/** A resource with what a rule reads of it. */
function asRead<R extends StackResource>({ readsProvider }: ResourceRule, resource: R, stack: StackGraph): R {
  if (!readsProvider) return resource;
  const providerInputs = stack.providerOf(resource)?.inputs;
  return providerInputs === undefined ? resource : { ...resource, providerInputs };
}

interface Run {
  readonly pack: Pack;
  readonly rule: Rule;
  readonly settings: RuleSettings;
}

/** The rules that are not disabled, with their settings checked. */
function prepare(packs: readonly Pack[], configs: Configs): Run[] {
  const faults: Fault[] = [];
  const runs: Run[] = [];
  for (const pack of packs) {
    const config = configs[pack.name] ?? {};
    const ids = new Set(["all", ...pack.rules.map(({ id }) => id)]);
    for (const key of Object.keys(config))
      if (!ids.has(key)) faults.push({ key: `${pack.name}: ${key}`, what: "is not a rule of the pack" });
    for (const rule of pack.rules) {
      try {
        const settings = settingsOf(rule, config);
        rule.configured(settings.config);
        if (settings.level !== "disabled") runs.push({ pack, rule, settings });
      } catch (error) {
        faults.push(...faultsIn(error, pack, rule));
      }
    }
  }
  if (faults.length > 0) throw new PolicyConfigError(faults);
  return runs;
}

function faultsIn(error: unknown, pack: Pack, rule: Rule): Fault[] {
  if (error instanceof RuleConfigError)
    return error.faults.map((fault) => ({ ...fault, key: `${pack.name}: ${keyOf(rule.id, fault.key)}` }));
  if (error instanceof PolicyConfigError) return error.faults.map((fault) => ({ ...fault, key: `${pack.name}: ${fault.key}` }));
  throw error;
}

/** The resources as the engine would make them: it lets every rule mend what it can before any rule judges. */
function remediate(
  runs: readonly Run[],
  resources: readonly StackResource[],
  result: Collected,
  ledger: ExceptionLedger,
): readonly StackResource[] {
  const menders = runs.flatMap(({ pack, rule, settings }) => {
    if (settings.level !== "remediate" || rule.scope === "stack") return [];
    const mend = mender(rule, settings.config);
    return mend === undefined ? [] : [{ pack, rule, mend }];
  });
  if (menders.length === 0) return resources;
  const stack = new StackGraph(resources);
  return resources.map((resource) => {
    let current = resource;
    for (const { pack, rule, mend } of menders) {
      if (!rule.types.has(resource.type)) continue;
      const mending = result.attempt(pack, rule, resource.urn, () => mend(asRead(rule, current, stack)));
      if (mending === undefined || ledger.excuse(rule.id, resource.urn) !== undefined) continue;
      current = mended(current, mending);
      result.remediated.push({
        pack: pack.name,
        rule: rule.id,
        urn: resource.urn,
        message: mending.message,
        properties: Object.keys(mending.changes),
      });
    }
    return current;
  });
}

class Collected {
  readonly remediated: Remediated[] = [];
  private readonly violations: Violation[] = [];
  private readonly excepted: Excepted[] = [];
  private readonly notEvaluated: NotEvaluated[] = [];
  private readonly broken: BrokenRule[] = [];
  private evaluations = 0;

  constructor(private readonly ledger: ExceptionLedger) {}

  evaluation(): Evaluation {
    const { violations, excepted, remediated, notEvaluated, broken, evaluations, ledger } = this;
    return { violations, excepted, remediated, notEvaluated, broken, exceptions: ledger.uses(), evaluations };
  }

  run({ pack, rule, settings }: Run, urn: string | undefined, check: () => readonly Verdict[]): void {
    const verdicts = this.attempt(pack, rule, urn, check) ?? [];
    this.evaluations += new Set(verdicts.map((verdict) => verdict.urn)).size;
    for (const verdict of verdicts) this.add(pack.name, rule, settings.level, verdict);
  }

  /** What a rule comes to; undefined when it threw, which is reported. */
  attempt<T>(pack: Pack, rule: Rule, urn: string | undefined, act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      this.broken.push({ pack: pack.name, rule: rule.id, urn, error: messageOf(error) });
      this.ledger.brokeDown(rule.id);
      return undefined;
    }
  }

  private add(pack: string, rule: Rule, level: Level, verdict: Verdict): void {
    const { urn } = verdict;
    if (verdict.kind === "fail") {
      const { message, property } = verdict;
      const { id, severity, fix } = rule;
      const found = { pack, rule: id, severity, urn, message, property, fix };
      const exception = this.ledger.excuse(id, urn);
      if (exception === undefined) this.violations.push({ ...found, level: violationLevel(level) });
      else this.excepted.push({ ...found, reason: exception.reason, owner: exception.owner, expires: exception.expires });
    } else if (verdict.kind === "not evaluated") {
      this.ledger.leftOpen(rule.id, urn);
      this.notEvaluated.push({ pack, rule: rule.id, urn, why: verdict.why });
    }
  }
}
