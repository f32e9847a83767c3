import { IAM_LIMITS } from "../../../../facts/limits-iam";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { inlineDocuments, ROLE } from "../../../lib/iam/role-policies";
import { policySize } from "../../../lib/iam/size";
import type { StackResource } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const MOST = IAM_LIMITS.inlinePolicies.value;
const property = "inlinePolicies";

/** Characters that a policy which is not known yet is likely to have at most: those of a dozen statements. */
const UNKNOWN_CHARACTERS = 2_560;

/** Nothing is said of policies that are likely to fit while some are not known yet, as in the first preview of nearly every role. Looks at roles with policies of their own, in them or as resources beside them. */
export const inlinePoliciesFitTheirRole = stackRule({
  id: "inline-policies-fit-their-role",
  title: "The inline policies of a role have at most 10,240 characters together",
  severity: "high",
  why: "Each grant adds to the sum, and IAM refuses the policy that passes it: the service before which it stands is then not deployed.",
  fix: "Bring statements with the same actions together, name resources by a pattern, or move a part into a managed policy.",
  links: [IAM_LIMITS.inlinePolicies.source],
  frameworks: [],
  check: (stack) => stack.ofType(ROLE).flatMap((role) => verdicts(role, stack)),
});

function verdicts(role: StackResource, graph: StackGraph): Verdict[] {
  const sizes = inlineDocuments(role, graph).map(policySize);
  if (sizes.length === 0) return [];
  const known = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const unknown = sizes.filter((size) => size === undefined).length;
  const findings: Finding[] = [];
  if (known > MOST) findings.push({ what: `${sizes.length} have ${known} characters, of at most ${MOST}`, property });
  else if (known + unknown * UNKNOWN_CHARACTERS > MOST)
    findings.push({ what: `${unknown} are not known yet, the others have ${known} characters of ${MOST}`, property, unknown: true });
  else if (unknown > 0) return [];
  return [judge(role, `IAM refuses the inline policies of ${role.name}`, findings)];
}
