import { StackGraph } from "./graph";
import { type PackConfig, type RuleSettings, settingsOf } from "./levels";
import type { StackResource } from "./resource";
import type { Level, Pack, Rule, Severity, Verdict } from "./rule";

/** A rule that a resource breaks. */
export interface Violation {
  readonly pack: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly level: Level;
  readonly urn: string;
  readonly message: string;
  /** The input property that is wrong, where it is one. */
  readonly property?: string;
  readonly fix: string;
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
  readonly notEvaluated: readonly NotEvaluated[];
  readonly broken: readonly BrokenRule[];
  /** How many times a rule came to a verdict about a resource, `not evaluated` included. */
  readonly evaluations: number;
}

/** The settings of each pack, by its name. */
export type Configs = Readonly<Record<string, PackConfig>>;

/** Settings of packs that are wrong: every one of them, a line each. */
export class PolicyConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "PolicyConfigError";
  }
}

/**
 * Evaluates packs over the resources of a stack, in this process, with the verdicts that the engine's analyzer would give.
 * Throws `PolicyConfigError` before any rule runs when settings are wrong; a rule that throws is reported as broken.
 */
export function evaluate(packs: readonly Pack[], resources: readonly StackResource[], configs: Configs = {}): Evaluation {
  const result = new Collected();
  const runs = prepare(packs, configs);
  const stack = new StackGraph(resources);
  for (const { pack, rule, settings } of runs) {
    if (rule.scope === "stack") {
      result.run(pack, rule, settings, undefined, () => rule.configured(settings.config)(stack));
      continue;
    }
    const check = rule.configured(settings.config);
    for (const type of rule.types) {
      for (const resource of stack.ofType(type)) result.run(pack, rule, settings, resource.urn, () => check(resource));
    }
  }
  const { violations, notEvaluated, broken, evaluations } = result;
  return { violations, notEvaluated, broken, evaluations };
}

interface Run {
  readonly pack: Pack;
  readonly rule: Rule;
  readonly settings: RuleSettings;
}

/** The rules that are not disabled, with their settings checked. */
function prepare(packs: readonly Pack[], configs: Configs): Run[] {
  const faults: string[] = [];
  const runs: Run[] = [];
  for (const pack of packs) {
    const config = configs[pack.name] ?? {};
    const ids = new Set(["all", ...pack.rules.map(({ id }) => id)]);
    for (const key of Object.keys(config)) if (!ids.has(key)) faults.push(`${pack.name}: there is no rule ${key}`);
    for (const rule of pack.rules) {
      try {
        const settings = settingsOf(rule, config);
        rule.configured(settings.config);
        if (settings.level !== "disabled") runs.push({ pack, rule, settings });
      } catch (error) {
        faults.push(`${pack.name}: ${messageOf(error)}`);
      }
    }
  }
  if (faults.length > 0) throw new PolicyConfigError(faults);
  return runs;
}

class Collected implements Evaluation {
  readonly violations: Violation[] = [];
  readonly notEvaluated: NotEvaluated[] = [];
  readonly broken: BrokenRule[] = [];
  evaluations = 0;

  run(pack: Pack, rule: Rule, settings: RuleSettings, urn: string | undefined, check: () => readonly Verdict[]): void {
    let verdicts: readonly Verdict[];
    try {
      verdicts = check();
    } catch (error) {
      this.broken.push({ pack: pack.name, rule: rule.id, urn, error: messageOf(error) });
      return;
    }
    this.evaluations += new Set(verdicts.map((verdict) => verdict.urn)).size;
    for (const verdict of verdicts) this.add(pack.name, rule, settings.level, verdict);
  }

  private add(pack: string, rule: Rule, level: Level, verdict: Verdict): void {
    if (verdict.kind === "fail") {
      const { urn, message, property } = verdict;
      const { id, severity, fix } = rule;
      this.violations.push({ pack, rule: id, severity, level, urn, message, property, fix });
    } else if (verdict.kind === "not evaluated") {
      this.notEvaluated.push({ pack, rule: rule.id, urn: verdict.urn, why: verdict.why });
    }
  }
}

/** What a thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
