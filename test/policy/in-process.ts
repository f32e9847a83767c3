import { brokenMessage, failMessage, notEvaluatedMessage } from "../../policy/lib/crossguard";
import type { Evaluation } from "../../policy/lib/evaluate";
import { exceptedMessage, exceptionMessage } from "../../policy/lib/exceptions";
import type { Diagnostic } from "./analyzer";

/** What rules say in this process, in the words in which the engine is told by a pack. */
export function inWordsOfTheEngine({ violations, excepted, notEvaluated, broken, exceptions }: Evaluation): Diagnostic[] {
  return [
    ...violations.map(({ rule, level, urn, message, fix }) => ({ rule, level, urn, message: failMessage(message, fix) })),
    ...excepted.map((found) => ({ rule: found.rule, level: "advisory", urn: found.urn, message: exceptedMessage(found.message, found) })),
    ...notEvaluated.map(({ rule, urn, why }) => ({ rule, level: "advisory", urn, message: notEvaluatedMessage(why) })),
    ...broken.map(({ rule, urn = "", error }) => ({ rule, level: "mandatory", urn, message: brokenMessage(rule, error) })),
    ...exceptions.flatMap((exception) => {
      const message = exceptionMessage(exception);
      const level = exception.state === "expired" ? "mandatory" : "advisory";
      return message === undefined ? [] : [{ rule: exception.rule, level, urn: "", message }];
    }),
  ];
}

/** Diagnostics in an order of their own, to compare those of two sources. */
export function sorted(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => JSON.stringify(diagnostic, ["rule", "level", "urn", "message"])).sort();
}
