import type { PackConfig } from "../../policy/lib/levels";
import type { StackResource } from "../../policy/lib/resource";
import type { Rule, RuleConfig } from "../../policy/lib/rule";
import type { Mutant } from "./mutant";
import { TestStack } from "./stack";
import { verdictOn } from "./verdicts";

/** Builds the resource that the rule is asked about, among what it stands in. */
export type Given = (stack: TestStack) => StackResource;

/** One situation, and the settings of the rule in it. */
export interface Situation {
  readonly given: Given;
  readonly config?: RuleConfig;
  /** False: as in the preview of a new stack, where no output is known. Default: true. */
  readonly known?: boolean;
}

/** A change of our own production stack that breaks a rule. */
export interface Mutation {
  readonly change: (stack: Mutant) => void;
  /** Other rules that the same change breaks, because it is wrong in their sense too. Default: none. */
  readonly also?: readonly string[];
}

/**
 * What shows that a rule does what it says: by the name of a situation, as the end of a sentence such as "fails when the port is open to all".
 * Kept in `<rule>.cases.ts`, exported as `cases`.
 */
export interface RuleCases {
  readonly rule: Rule;
  readonly pass: Readonly<Record<string, Given | Situation>>;
  /** `says`: what the message must tell, besides that the rule is broken. */
  readonly fail: Readonly<Record<string, Situation & { readonly says: RegExp }>>;
  /** Where what the rule reads is left out: then the default of AWS decides. `says`: what it fails with; `pass` or `nothing` where it is fine. */
  readonly absent: Readonly<Record<string, Situation & { readonly says: RegExp | "pass" | "nothing" }>>;
  /** Where what the rule reads is not known yet: never a pass. A text says why there is no such thing, for a rule that reads only what is always known. */
  readonly unknown: Readonly<Record<string, Given | Situation>> | string;
  /**
   * Inputs that say whether the rule is about a resource at all, each with the reason why it says nothing while they are not known, as a rule that would
   * otherwise leave a verdict open on half of every stack. By path, such as `data`. Default: none, and such a verdict is left open.
   */
  readonly silentWhileUnknown?: Readonly<Record<string, string>>;
  /** At least one of them breaks no other rule. */
  readonly mutations: Readonly<Record<string, Mutation["change"] | Mutation>>;
}

/** What a rule says in a situation: `pass`, `nothing`, `fail: …` or `not evaluated: …`. */
export function verdictIn(rule: Rule, situation: Given | Situation): string {
  const { given, config = {}, known = true } = typeof situation === "function" ? { given: situation } : situation;
  const stack = new TestStack(known);
  const resource = given(stack);
  return verdictOn(rule, resource, stack.resources, { [rule.id]: config } satisfies PackConfig);
}
