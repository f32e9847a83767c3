import reports, { type TestCase, type TestSuite } from "junit-report-builder";
import { stripVTControlCharacters } from "node:util";
import { exceptedMessage, exceptionMessage } from "../../policy/lib/exceptions";
import type { Rule } from "../../policy/lib/rule";
import { nameOf } from "../urn";
import { counted, type Policy, type PolicyReport } from "./policy-report";

/**
 * The verdict as JUnit XML, as most CI systems show it: a suite for each pack, a case for each rule. What stops a deployment is a failure, a rule that failed
 * itself is an error, and one that could not decide is skipped; advice and exceptions stand in the output of their case, as JUnit has no warnings.
 */
export function junit({ document: { stack, policy }, packs }: PolicyReport): string {
  const builder = reports.newBuilder().name(`policies of ${stack}`);
  for (const { name, rules } of packs) {
    const suite = builder.testSuite().name(name);
    for (const rule of rules) addCase(suite, name, rule, policy);
  }
  addExceptions(builder.testSuite().name("exceptions"), policy);
  return builder.build();
}

function addCase(suite: TestSuite, pack: string, { id, title, fix, links }: Rule, policy: Policy): void {
  const of = <T extends { readonly rule: string }>(all: readonly T[]): T[] => all.filter(({ rule }) => rule === id);
  const violations = of(policy.violations);
  const mandatory = violations.filter(({ level }) => level === "mandatory");
  const broken = of(policy.broken);
  const notEvaluated = of(policy.notEvaluated);
  const test = suite.testCase().className(pack).name(`${id}: ${title}`);
  const failed = broken.map(({ urn, error }) => `${urn ? `${nameOf(urn)}: ` : ""}${error}`);
  if (failed.length > 0) test.error(clean(`the rule itself failed: ${failed[0]}`), "broken rule", clean(failed.join("\n")));
  else if (mandatory.length > 0) {
    test.failure(clean(summaryOf(mandatory)), "mandatory");
    test.stacktrace(clean([...mandatory.map(lineOf), "", `fix: ${fix}`, ...links].join("\n")));
  } else if (notEvaluated.length > 0) test.skipped();
  addOutput(test, [
    ...violations.filter(({ level }) => level === "advisory").map((found) => `advice: ${lineOf(found)}`),
    ...(failed.length > 0 ? mandatory.map((found) => `mandatory: ${lineOf(found)}`) : []),
    ...of(policy.remediated).map(
      ({ urn, message, properties }) => `would be remediated by setting ${properties.join(", ")}: ${message} (${urn})`,
    ),
    ...of(policy.excepted).map((found) => `${exceptedMessage(found.message, found)} (${found.urn})`),
    ...notEvaluated.map(({ urn, why }) => `not evaluated: ${why} (${urn})`),
  ]);
}

function lineOf({ message, urn }: Policy["violations"][number]): string {
  return `${message} (${urn})`;
}

function summaryOf(found: readonly Policy["violations"][number][]): string {
  const [first] = found;
  const rest = found.length - 1;
  return `${first?.message ?? ""}${rest > 0 ? `, and ${counted(rest, "more resource")}` : ""}`;
}

/** An expired exception stops a deployment, so it fails here too. */
function addExceptions(suite: TestSuite, { exceptions }: Policy): void {
  for (const exception of exceptions) {
    const test = suite
      .testCase()
      .className("exceptions")
      .name(clean(`${exception.rule}: exception of ${exception.owner}`));
    const message = exceptionMessage(exception);
    if (message === undefined) continue;
    if (exception.state === "expired") test.failure(clean(message), "expired");
    else addOutput(test, [message]);
  }
}

function addOutput(test: TestCase, lines: readonly string[]): void {
  if (lines.length > 0) test.standardOutput(clean(lines.join("\n")));
}

/** Without what XML can't hold: control characters but for tab and line ends, and halves of characters. */
function clean(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\t\n\r\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}\p{Cf}\p{Co}]/gu, "\uFFFD");
}
