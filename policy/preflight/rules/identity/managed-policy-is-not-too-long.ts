import { IAM_LIMITS } from "../../../../facts/limits-iam";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { POLICY } from "../../../lib/iam/role-policies";
import { policySize } from "../../../lib/iam/size";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const MOST = IAM_LIMITS.managedPolicy.value;

export const managedPolicyIsNotTooLong = resourceRule({
  id: "managed-policy-is-not-too-long",
  title: "A managed policy has at most 6,144 characters",
  severity: "high",
  why: "IAM refuses a longer one, and raises that for nobody.",
  fix: "Split policy into several managed policies, or name actions and resources by patterns.",
  links: [IAM_LIMITS.managedPolicy.source],
  frameworks: [],
  types: [POLICY],
  check: (policy) => [judge(policy, `IAM refuses ${policy.name}`, sizeFindings(policy))],
});

function sizeFindings(policy: Resource): Finding[] {
  const property = "policy";
  const size = policySize(read(policy, property));
  if (size === undefined) return [notKnown(property)];
  return size > MOST ? [{ what: `policy has ${size} characters, of at most ${MOST}`, property }] : [];
}
