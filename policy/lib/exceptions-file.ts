import { z } from "zod";
import type { Exceptions, PolicyException } from "./exceptions";
import { type Fault, faultsOf, keyOf, nearest } from "./fault";
import { readJsonFile } from "./json-file";

const DAY_MS = 86_400_000;

const pattern = (what: string) => z.string().min(1).optional().describe(`${what}; \`*\` stands for any characters, \`?\` for one.`);
const words = (what: string) => z.string().trim().min(1).describe(what);

const Exception = z.strictObject({
  rule: words("Id of the rule that is not kept."),
  urn: pattern("URN of the resource. Default: `type` and `name` say which are meant"),
  type: pattern("Type of the resources, such as aws:s3/bucket:Bucket. Default: any"),
  name: pattern("Name of the resources. Default: any"),
  stack: pattern("Stack (environment) it is about. Default: every one, or the one that `urn` names"),
  reason: words("Why the rule need not be kept there."),
  owner: words("Who answers for it: a team or a person."),
  expires: z.iso
    .date()
    .describe("Last day on which it holds, as 2027-03-31. From the next day on it excuses nothing and stops every deployment."),
});

/** The file of exceptions, without what depends on the day and on the rules. */
export const ExceptionsFile = z
  .strictObject({
    $schema: z.string().optional().describe("The JSON Schema by which editors complete this file."),
    maximumDays: z.int().min(1).max(3660).default(366).describe("Most days that an exception may still last."),
    exceptions: z.array(Exception).default([]).describe("What is let off a rule, with a reason and until a day."),
  })
  .meta({ title: "Policy exceptions", description: "What is let off which rule, why, by whom and until when." });

/** The rules there are; an exception from another is a fault. */
export interface KnownRules {
  has(id: string): boolean;
  /** Ids of all of them, only asked for when one is not known. */
  names(): readonly string[];
}

/** What exceptions are read against. */
export interface ExceptionsContext {
  /** The day of the evaluation, as `2026-11-26`. */
  readonly today: string;
  readonly rules: KnownRules;
}

/** The exceptions of a file, with every fault of it. No exceptions when there is no such file. */
export function readExceptions(path: string, context: ExceptionsContext, shown = path): { exceptions: Exceptions; faults: Fault[] } {
  const { today } = context;
  const { value = {}, faults } = readJsonFile(path, shown);
  if (faults.length > 0) return { exceptions: { all: [], today }, faults };
  const parsed = ExceptionsFile.safeParse(value);
  if (!parsed.success) {
    const found = faultsOf(parsed.error.issues, z.toJSONSchema(ExceptionsFile, { io: "input" }), value);
    return { exceptions: { all: [], today }, faults: found.map((fault) => ({ ...fault, key: keyIn(shown, fault.key) })) };
  }
  const { exceptions: all, maximumDays } = parsed.data;
  const found = all.flatMap((exception, index) => faultsOfOne(exception, keyIn(shown, `exceptions[${index}]`), maximumDays, context));
  return { exceptions: { all, today }, faults: found };
}

function keyIn(file: string, key: string): string {
  return key === "" ? file : `${file}: ${key}`;
}

function faultsOfOne(exception: PolicyException, key: string, maximumDays: number, { today, rules }: ExceptionsContext): Fault[] {
  const { rule, urn, type, name, expires } = exception;
  const faults: Fault[] = [];
  const add = (part: string, fault: Omit<Fault, "key">): void => void faults.push({ key: keyOf(key, part), ...fault });
  if (!rules.has(rule))
    add("rule", { what: "is not a rule of any pack", got: rule, right: nearest(rule, rules.names()) ?? "docs/policies.md lists them" });
  const patterns = [urn, type, name].filter((text) => text !== undefined);
  if (patterns.length === 0) add("urn", { what: "is missing, and so are type and name", right: "say which resources are meant" });
  else if (urn !== undefined && patterns.length > 1)
    add("urn", { what: "stands beside type or name", got: urn, right: "give one or the other: a URN holds both" });
  else if (patterns.every((text) => /^\*+$/.test(text)))
    add(urn === undefined ? "name" : "urn", {
      what: "means every resource",
      got: patterns[0],
      right: "disable the rule where it does not fit",
    });
  const latest = dayAfter(today, maximumDays);
  if (expires > latest)
    add("expires", { what: `is more than ${maximumDays} days away`, got: expires, right: `give ${latest} at the latest` });
  return faults;
}

/** The day that is so many days after another. */
function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
