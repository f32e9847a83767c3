import { type Finding, judge } from "../finding";
import { rootOf, type StackGraph } from "../graph";
import type { PolicyStatement } from "../policy-document";
import { readAll } from "../resource";
import type { Verdict } from "../rule";
import { IDENTITY_DOCUMENTS, isOnlyBoundary } from "./identity-documents";
import { documentFindings, hasEffect } from "./statements";

/**
 * The verdicts of a rule on every policy of the stack that gives somebody rights, by what each statement of it allows.
 * `check` sees no statement that denies. A finding in one that may allow or deny is not certain.
 * @param tells whether it is the one rule that tells of a policy of which nothing is known, as of a text that is made from an ARN that does not exist
 * yet. The others say nothing of it: the same line under the name of every rule hides the lines that matter.
 */
export function allowedVerdicts(
  graph: StackGraph,
  fault: string,
  check: (statement: PolicyStatement, name: string, property: string) => readonly Finding[],
  tells = false,
): Verdict[] {
  return IDENTITY_DOCUMENTS.flatMap(([type, path]) =>
    graph.ofType(type).flatMap((holder) => {
      const readings = readAll(holder, path);
      if (readings.length === 0 || isOnlyBoundary(holder, graph)) return [];
      if (!tells && readings.every(({ state }) => state === "unknown")) return [];
      const property = rootOf(path);
      const findings = readings.flatMap((reading) =>
        documentFindings(reading, property, (statement, name) => {
          const allows = hasEffect(statement, "Allow");
          if (allows === false) return [];
          const inside = check(statement, name, property);
          return allows === undefined ? inside.map((finding) => ({ ...finding, unknown: true })) : inside;
        }),
      );
      return [judge(holder, `${holder.name} ${fault}`, findings)];
    }),
  );
}
