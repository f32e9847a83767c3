import { z } from "zod";
import { ACTIONS_AWS_WANTS_ON_ALL, ACTIONS_WITHOUT_RESOURCE } from "../../../../facts/iam-actions";
import type { Finding } from "../../../lib/finding";
import { DECRYPTING, ESCALATING } from "../../../lib/iam/dangerous-actions";
import { allowedVerdicts } from "../../../lib/iam/identity-policies";
import { conditionOf, covers, isEverything, isPositive, someOf, valuesOf } from "../../../lib/iam/statements";
import type { PolicyStatement } from "../../../lib/policy-document";
import { some, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const config = z.strictObject({
  describing: z
    .boolean()
    .default(true)
    .describe("Whether what only shows settings (actions called Describe…) may be allowed on all resources."),
});

/**
 * Fine on `*` is an action for which AWS lets no resource be named, and one that a condition narrows: by a tag of the resource, or by a key
 * of the service itself. What `policy-is-not-administrator`, `policy-does-not-escalate` and `policy-names-its-keys` look at is left to them.
 */
export const policyNamesItsResources = stackRule({
  id: "policy-names-its-resources",
  title: "No policy allows on all resources what AWS lets it allow on some",
  severity: "high",
  why: "A service with such a policy reads and changes what belongs to its neighbours, and so does whoever breaks into it.",
  fix: "Put the ARNs of what the holder works with into Resource, or a Condition on their tags. What AWS only takes with * belongs into a statement of its own.",
  links: ["https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"],
  frameworks: [
    { name: "AwsSolutions", id: "IAM5" },
    { name: "Checkov", id: "CKV_AWS_355" },
    { name: "Checkov", id: "CKV_AWS_288" },
    { name: "Checkov", id: "CKV_AWS_290" },
  ],
  config,
  check: (stack, { describing }) =>
    allowedVerdicts(stack, "allows on all resources what it could allow on some", (statement, name, property) =>
      findings(statement, name, property, describing),
    ),
});

function findings(statement: PolicyStatement, name: string, property: string, describing: boolean): Finding[] {
  const everywhere = someOf(valuesOf(statement["Resource"]), isEverything);
  if (everywhere === false || isNarrowed(statement) === true) return [];
  const actions = valuesOf(statement["Action"]);
  const judged = actions.texts.map((action) => ({ action, restrictable: isRestrictable(action, describing) }));
  const certain = judged.filter(({ restrictable }) => restrictable === true).map(({ action }) => action);
  const what = (named: readonly string[]): string => `${name} allows ${named.join(", ")} on *`;
  if (certain.length > 0) {
    const unknown = everywhere === undefined || isNarrowed(statement) === undefined;
    return [{ what: unknown ? `whether ${what(certain)} is not known yet` : what(certain), property, unknown }];
  }
  if (actions.open) return [{ what: `which actions ${name} allows on * is not known yet`, property, unknown: true }];
  const doubtful = judged.filter(({ restrictable }) => restrictable === undefined).map(({ action }) => action);
  if (doubtful.length === 0) return [];
  return [{ what: `${what(doubtful)}, and whether they take a resource is not among the known facts`, property, unknown: true }];
}

/** Whether a resource can be named for an action; undefined for a service whose actions are not in the table. */
function isRestrictable(action: string, describing: boolean): Tri {
  if (isEverything(action) || ACTIONS_AWS_WANTS_ON_ALL[action] !== undefined) return false;
  if ([...ESCALATING, ...DECRYPTING].some((other) => covers(action, other))) return false;
  const [service = "", name = ""] = action.split(":");
  if (describing && /^Describe/i.test(name)) return false;
  const known = ACTIONS_WITHOUT_RESOURCE[service.toLowerCase()];
  if (known === undefined) return undefined;
  return !known.some((pattern) => covers(pattern, name));
}

function isNarrowed(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  if (tests === undefined) return undefined;
  return some(tests.map((test) => isPositive(test) && (!test.key.startsWith("aws:") || /^aws:(resource|request)tag\//.test(test.key))));
}
