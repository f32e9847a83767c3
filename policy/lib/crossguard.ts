import {
  type EnforcementLevel,
  type Policies,
  type PolicyConfigSchema,
  PolicyPack,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { holdsArchive, mendableView, Views } from "./crossguard/views";
import { oncePerSettings } from "./crossguard/settings";
import { exceptedMessage, ExceptionLedger, exceptionMessage, type Exceptions, NO_EXCEPTIONS } from "./exceptions";
import { readExceptions } from "./exceptions-file";
import { PolicyConfigError } from "./fault";
import { defaultLevel, isLevel, LEVELS } from "./levels";
import { messageOf } from "./message";
import { mender, withChanges } from "./remediation";
import type { Level, Pack, ResourceRule, Rule, RuleConfig, Severity, StackRule, Verdict } from "./rule";
import { hideSecrets } from "./secrets/hide";

/** The environment variable that gives every rule of a pack one level, for an environment that has no configuration file. */
export const LEVEL_VARIABLE = "STRATA_POLICY_LEVEL";

/** The environment variable that names the file of exceptions: an absolute path, or one from the folder of the pack. */
export const EXCEPTIONS_VARIABLE = "STRATA_POLICY_EXCEPTIONS";

/** Where exceptions are looked for otherwise, from the folder of the pack. */
const EXCEPTIONS_FILE = "../exceptions.json";

/** The policy of each pack that says which of its exceptions are expired or unused. */
export const EXCEPTIONS_POLICY = "exceptions";

/** How a pack is served. */
export interface ServeOptions {
  /** Packs whose rules the same file of exceptions may name; it is only asked for when the file names a rule of another pack. Default: any other is taken. */
  readonly packs?: () => readonly Pack[];
  /** Default: that of the process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Folder of the pack. Default: the current one, which the engine makes it. */
  readonly folder?: string;
  /** The day on which exceptions must hold, as `2026-11-26`. Default: the current one, in UTC. */
  readonly today?: string;
}

/**
 * Serves a pack to the engine. Called once a process, by the entry of a pack.
 * The level of a rule is that of `--policy-pack-config`, else `STRATA_POLICY_LEVEL`, else that of its severity.
 * @throws {PolicyConfigError} when the variable holds no level, or with every fault of the exceptions.
 */
export function servePack(pack: Pack, options: ServeOptions = {}): PolicyPack {
  const { environment = process.env } = options;
  const level = environment[LEVEL_VARIABLE];
  if (level !== undefined && !isLevel(level))
    throw new Error(`${LEVEL_VARIABLE}: "${level}" is not an enforcement level; use one of ${LEVELS.join(", ")}`);
  const exceptions = exceptionsOf(pack, options);
  hideSecrets();
  // No initial configuration: with one, the engine turns rules advisory that it gives no level.
  return new PolicyPack(pack.name, { description: pack.description, policies: policiesOf(pack, { level, exceptions }) });
}

/** The exceptions of the project, those from rules of other packs too. */
function exceptionsOf(
  pack: Pack,
  { packs, environment = process.env, folder = process.cwd(), today = currentDay() }: ServeOptions,
): Exceptions {
  const given = environment[EXCEPTIONS_VARIABLE];
  const path = given === undefined ? join(folder, EXCEPTIONS_FILE) : resolve(folder, given);
  if (given !== undefined && !existsSync(path))
    throw new PolicyConfigError([{ key: EXCEPTIONS_VARIABLE, what: "names no file", got: given }]);
  const own = pack.rules.map(({ id }) => id);
  const known = (rule: string): boolean =>
    own.includes(rule) || (packs?.().some(({ rules }) => rules.some(({ id }) => id === rule)) ?? true);
  const all = (): string[] => [...own, ...(packs?.() ?? []).flatMap(({ rules }) => rules.map(({ id }) => id))];
  const { exceptions, faults } = readExceptions(path, { today, rules: { has: known, names: all } });
  if (faults.length > 0) throw new PolicyConfigError(faults);
  return exceptions;
}

function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What the policies of a pack are made with. */
export interface PoliciesOptions {
  /** Level of every rule. Default: by severity. */
  readonly level?: Level;
  readonly exceptions?: Exceptions;
}

/** What the policies of one process share. */
interface Shared {
  readonly views: Views;
  readonly ledger: ExceptionLedger;
}

/** The rules of a pack as policies of the SDK, and one that says what became of their exceptions. */
export function policiesOf(pack: Pack, { level, exceptions = NO_EXCEPTIONS }: PoliciesOptions = {}): Policies {
  const shared = { views: new Views(), ledger: new ExceptionLedger(exceptions) };
  const rules = pack.rules.map((rule): Policies[number] => {
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
    return rule.scope === "resource" ? { ...policy, ...resourcePolicy(rule, shared) } : { ...policy, ...stackPolicy(rule, shared) };
  });
  // The last one: it speaks when every rule has.
  return [...rules, exceptionsPolicy(level, shared)];
}

function resourcePolicy(rule: ResourceRule, shared: Shared): Pick<ResourceValidationPolicy, "validateResource" | "remediateResource"> {
  const configured = oncePerSettings((config) => rule.configured(config));
  const failedRemedies = new Map<string, string>();
  return {
    validateResource: (args, report) => {
      const resource = shared.views.resource(args, args.props);
      shared.ledger.ranRule(rule.id);
      shared.ledger.saw(args.urn);
      if (!rule.types.has(args.type)) args.notApplicable("the rule is about other types");
      const failed = failedRemedies.get(args.urn);
      if (failed !== undefined) reportBroken(rule, report, shared.ledger, args.urn, failed);
      run(rule, report, shared.ledger, args.urn, () => configured(args.getConfig<RuleConfig>())(resource));
    },
    ...(rule.remedies && { remediateResource: remediation(rule, shared.ledger, failedRemedies) }),
  };
}

/** Mends what breaks a rule; the engine asks for it only where the level of the rule is `remediate`. What fails is said when the rule judges. */
function remediation(
  rule: ResourceRule,
  ledger: ExceptionLedger,
  failed: Map<string, string>,
): (args: ResourceValidationArgs) => Record<string, unknown> | undefined {
  const menderOf = oncePerSettings((config) => mender(rule, config));
  return (args) => {
    if (!rule.types.has(args.type)) args.notApplicable("the rule is about other types");
    failed.delete(args.urn);
    try {
      const mending = menderOf(args.getConfig<RuleConfig>())?.(mendableView(args, args.props));
      if (mending === undefined || holdsArchive(args.props) || ledger.excuse(rule.id, args.urn) !== undefined) return undefined;
      return withChanges(args.props as Record<string, unknown>, mending.changes);
    } catch (error) {
      failed.set(args.urn, messageOf(error));
      return undefined;
    }
  };
}

function stackPolicy(rule: StackRule, { views, ledger }: Shared): Pick<StackValidationPolicy, "validateStack"> {
  const configured = oncePerSettings((config) => rule.configured(config));
  return {
    validateStack: (args, report) => {
      ledger.ranRule(rule.id);
      const graph = views.graph(args.resources);
      run(rule, report, ledger, undefined, () => configured(args.getConfig<RuleConfig>())(graph));
    },
  };
}

/** Says which exceptions from rules of the pack are expired or excuse nothing, under the names of those rules. */
function exceptionsPolicy(level: Level | undefined, { ledger }: Shared): StackValidationPolicy {
  return {
    name: EXCEPTIONS_POLICY,
    displayName: "Exceptions are in force and needed",
    description:
      "Exceptions are in force and needed. One that expired excuses nothing and stops; one that excuses nothing should be removed.",
    enforcementLevel: level ?? "mandatory",
    severity: "high",
    validateStack: ({ resources }: StackValidationArgs, reportViolation) => {
      for (const { urn } of resources.slice(0, 1)) ledger.saw(urn);
      for (const exception of ledger.uses()) {
        const message = exceptionMessage(exception);
        if (message === undefined) continue;
        const enforcementLevel = exception.state === "expired" ? "mandatory" : "advisory";
        (reportViolation as Report)({
          name: exception.rule,
          description: exception.reason,
          urn: undefined,
          severity: "high",
          message,
          enforcementLevel,
        });
      }
      ledger.reset();
    },
  };
}

/**
 * What the SDK takes in the place of a message, though its types only speak of a string: it then keeps the level and the resource of each.
 * Source: makeReportViolationFun in @pulumi/policy 1.21 server.js (2026-11-23).
 */
interface Diagnostic {
  /** Absent: the name of the policy that speaks. */
  readonly name?: string;
  readonly message: string;
  readonly description: string;
  readonly urn: string | undefined;
  readonly severity: Severity;
  /** Absent: the level of the policy. */
  readonly enforcementLevel?: EnforcementLevel;
}

/** The SDK's callback with both things it takes. */
type Report = (violation: string | Diagnostic, urn?: string) => void;

/** Runs a rule and reports its verdicts, or that it is broken: thrown on, an error would take every other diagnostic of the call with it. */
function run(
  rule: Rule,
  report: (message: string, urn?: string) => void,
  ledger: ExceptionLedger,
  urn: string | undefined,
  check: () => readonly Verdict[],
): void {
  let verdicts: readonly Verdict[];
  try {
    verdicts = check();
  } catch (error) {
    reportBroken(rule, report, ledger, urn, messageOf(error));
    return;
  }
  for (const verdict of verdicts) reportVerdict(rule, report as Report, ledger, verdict);
}

function reportVerdict(rule: Rule, report: Report, ledger: ExceptionLedger, verdict: Verdict): void {
  const { urn } = verdict;
  const about = { description: rule.title, severity: rule.severity, urn };
  if (verdict.kind === "fail") {
    const exception = ledger.excuse(rule.id, urn);
    if (exception === undefined) report({ ...about, message: failMessage(verdict.message, rule.fix) });
    else report({ ...about, message: exceptedMessage(verdict.message, exception), enforcementLevel: "advisory" });
  }
  if (verdict.kind === "not evaluated") {
    ledger.leftOpen(rule.id, urn);
    report({ ...about, message: notEvaluatedMessage(verdict.why), enforcementLevel: "advisory" });
  }
}

/** A rule that threw always stops. */
function reportBroken(
  rule: Rule,
  report: (message: string, urn?: string) => void,
  ledger: ExceptionLedger,
  urn: string | undefined,
  error: string,
): void {
  ledger.brokeDown(rule.id);
  const about = { description: rule.title, severity: rule.severity, urn };
  (report as Report)({ ...about, message: brokenMessage(rule.id, error), enforcementLevel: "mandatory" });
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
