import { append } from "./multimap";
import { matches } from "./pattern";
import { type UrnParts, urnParts } from "./urn";

/** What is let off a rule: agreed by a person, with a reason, until a day. Patterns have `*` for any characters and `?` for one. */
export interface PolicyException {
  /** Id of the rule. */
  readonly rule: string;
  /** Pattern of the URN. Absent: `type` and `name` say which resources are meant. */
  readonly urn?: string;
  /** Pattern of the type token. Absent: of any type. */
  readonly type?: string;
  /** Pattern of the name. Absent: of any name. */
  readonly name?: string;
  /** Pattern of the stack's name, which is that of the environment. Absent: every stack, or the one that `urn` names. */
  readonly stack?: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, as `2027-03-31`. */
  readonly expires: string;
}

/** What became of an exception in one evaluation. */
export interface ExceptionUse extends PolicyException {
  /** `used`: it excused something. `unused`: nothing that it is about breaks the rule. `expired`: it excuses nothing any more. */
  readonly state: "used" | "unused" | "expired";
}

/** The exceptions of a project on one day. */
export interface Exceptions {
  readonly all: readonly PolicyException[];
  /** The day of the evaluation, as `2026-11-26`. */
  readonly today: string;
}

/** A project without exceptions. */
export const NO_EXCEPTIONS: Exceptions = { all: [], today: "" };

/** True once the last day of an exception is over. */
export function isExpired({ expires }: PolicyException, today: string): boolean {
  return expires < today;
}

/** The stacks an exception is about, as a pattern. */
function stackOf({ stack, urn }: PolicyException): readonly string[] {
  const named = urn === undefined ? undefined : /^urn:pulumi:(.+?)::/.exec(urn)?.[1];
  return [stack, named].filter((pattern) => pattern !== undefined);
}

function isAbout(exception: PolicyException, urn: string, { stack, type, name }: UrnParts): boolean {
  return (
    (exception.urn === undefined || matches(exception.urn, urn)) &&
    (exception.type === undefined || matches(exception.type, type)) &&
    (exception.name === undefined || matches(exception.name, name)) &&
    (exception.stack === undefined || matches(exception.stack, stack))
  );
}

/** Applies exceptions during one evaluation, and keeps book of which of them were needed. */
export class ExceptionLedger {
  private readonly byRule = new Map<string, PolicyException[]>();
  private readonly needed = new Set<PolicyException>();
  private readonly ran = new Set<string>();
  private readonly undecided = new Set<string>();
  private stack: string | undefined;

  constructor(private readonly exceptions: Exceptions) {
    for (const exception of exceptions.all) append(this.byRule, exception.rule, exception);
  }

  /** The rule looked at the stack: its exceptions are now known to be needed or not. */
  ranRule(rule: string): void {
    this.ran.add(rule);
  }

  /** The stack that is evaluated has this resource. */
  saw(urn: string): void {
    this.stack ??= urnParts(urn).stack;
  }

  /** The exception that lets this resource off the rule. */
  excuse(rule: string, urn: string): PolicyException | undefined {
    const inForce = this.about(rule, urn).filter((exception) => !isExpired(exception, this.exceptions.today));
    for (const exception of inForce) this.needed.add(exception);
    return inForce[0];
  }

  /** The rule could not decide about this resource, so that nobody can say whether its exception is needed. */
  leftOpen(rule: string, urn: string): void {
    for (const exception of this.about(rule, urn)) this.needed.add(exception);
  }

  /** The rule failed itself, so that nobody can say which of its exceptions are needed. */
  brokeDown(rule: string): void {
    this.undecided.add(rule);
  }

  /** What became of the exceptions of rules that ran and of this stack, in the order of the file. */
  uses(): ExceptionUse[] {
    const { all, today } = this.exceptions;
    const mine = all.filter((exception) => this.ran.has(exception.rule) && this.isOfStack(exception));
    return mine.map((exception) => ({
      ...exception,
      state: isExpired(exception, today) ? "expired" : this.isNeeded(exception) ? "used" : "unused",
    }));
  }

  /** Begins anew, for the next evaluation by the same process. */
  reset(): void {
    for (const set of [this.needed, this.ran, this.undecided]) set.clear();
    this.stack = undefined;
  }

  private isNeeded(exception: PolicyException): boolean {
    return this.needed.has(exception) || this.undecided.has(exception.rule);
  }

  private about(rule: string, urn: string): PolicyException[] {
    const exceptions = this.byRule.get(rule);
    if (exceptions === undefined) return [];
    const parts = urnParts(urn);
    return exceptions.filter((exception) => isAbout(exception, urn, parts));
  }

  private isOfStack(exception: PolicyException): boolean {
    const { stack } = this;
    return stack !== undefined && stackOf(exception).every((pattern) => matches(pattern, stack));
  }
}

/** Which resources an exception is about, in words. */
export function subjectOf({ urn, type, name, stack }: Omit<PolicyException, "rule">): string {
  const subject = urn ?? [type, name].filter((text) => text !== undefined).join(" ");
  return stack === undefined ? subject : `${subject} in ${stack}`;
}

/** What is said of a resource that an exception lets off. */
export function exceptedMessage(
  message: string,
  { owner, expires, reason }: Pick<PolicyException, "owner" | "expires" | "reason">,
): string {
  return `excepted until ${expires} by ${owner}, because ${reason}: ${message}`;
}

/** What is said of an exception that is expired or unused; undefined of one that does its work. */
export function exceptionMessage(exception: ExceptionUse): string | undefined {
  const { state, owner, expires, reason } = exception;
  if (state === "used") return undefined;
  if (state === "unused") return `the exception of ${owner} for ${subjectOf(exception)} excuses nothing: remove it`;
  return `the exception of ${owner} for ${subjectOf(exception)} expired on ${expires} (${reason}): mend what it excused and remove it, or agree on a new day`;
}
