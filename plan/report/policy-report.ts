import { z } from "zod";
import { mayDeploy } from "../../policy/lib/judge-stack";
import type { Pack, Rule, Severity } from "../../policy/lib/rule";
import { PlanPolicy } from "../plan-schema";
import { type SourcePosition } from "../real/resource";

/** What was judged: the plan of an environment, the state of a stack, or its preview. */
export const SOURCES = ["plan", "state", "preview"] as const;

/** `strata policy check --json`. */
export const PolicyDocument = z.strictObject({
  stack: z.string().describe("Project and stack, as `project/stack`."),
  source: z.enum(SOURCES).describe("What was judged."),
  resources: z.int().describe("How many resources it has."),
  mayDeploy: z.boolean().describe("False when a mandatory rule is broken, an exception is expired, or a rule failed itself."),
  notes: z.array(z.string()).describe("What a reader should know of what was judged."),
  policy: PlanPolicy,
});

export type PolicyDocument = z.infer<typeof PolicyDocument>;

export type Policy = PolicyDocument["policy"];

/** A verdict on a stack with what reports say of rules and of places. */
export interface PolicyReport {
  readonly document: PolicyDocument;
  readonly packs: readonly Pack[];
  /** Where a person looks for a resource: its line in the program where that is known, else the stack's own file. */
  readonly locate: (urn: string | undefined) => SourcePosition;
}

/** The verdict of packs as a document. */
export function documentOf({ policy, ...rest }: Omit<PolicyDocument, "mayDeploy">): PolicyDocument {
  return { ...rest, mayDeploy: mayDeploy(policy), policy };
}

/** A rule and everything of one kind that was found by it, in the order of what was found. */
export interface ByRule<T> {
  readonly rule: string;
  readonly found: readonly [T, ...T[]];
}

/** What was found, by its rule. */
export function byRule<T extends { readonly rule: string }>(all: readonly T[]): ByRule<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(one.rule);
    if (group) group.push(one);
    else groups.set(one.rule, [one]);
  }
  return [...groups].map(([rule, found]) => ({ rule, found }));
}

const SEVERITIES: readonly string[] = ["critical", "high", "medium", "low"] satisfies Severity[];

/** Violations by rule: what stops a deployment first, then by severity and by id. */
export function violationsByRule({ violations }: Policy): ByRule<Policy["violations"][number]>[] {
  const order = ({ found: [{ level, severity }] }: ByRule<Policy["violations"][number]>) =>
    (level === "mandatory" ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(severity);
  return byRule(violations).sort((left, right) => order(left) - order(right) || left.rule.localeCompare(right.rule));
}

/** The rules of packs by their ids. */
export function rulesOf(packs: readonly Pack[]): ReadonlyMap<string, Rule> {
  return new Map(packs.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)));
}

/** `3 rules`, `1 rule`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Why a stack may not be deployed, in words; undefined when it may. */
export function refusal({ violations, broken, exceptions }: Policy): string | undefined {
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const expired = exceptions.filter(({ state }) => state === "expired").length;
  const reasons = [
    ...(mandatory > 0 ? [counted(mandatory, "mandatory violation")] : []),
    ...(expired > 0 ? [counted(expired, "expired exception")] : []),
    ...(broken.length > 0 ? [counted(broken.length, "failure of rules themselves", "failures of rules themselves")] : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(", ");
}

/** What was counted, in words. */
export function summary({ resources, policy }: PolicyDocument): string {
  const { violations, excepted, remediated, notEvaluated } = policy;
  return [
    counted(resources, "resource"),
    counted(policy.evaluations, "verdict"),
    `${violations.length} broken`,
    ...(excepted.length > 0 ? [`${excepted.length} excepted`] : []),
    ...(remediated.length > 0 ? [`${remediated.length} to be remediated`] : []),
    `${notEvaluated.length} not evaluated`,
  ].join(", ");
}
