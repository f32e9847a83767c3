import { judge } from "../../../lib/finding";
import { publicVerdicts } from "../../../lib/iam/resource-policies";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule, type Verdict } from "../../../lib/rule";

const PERMISSION = "aws:cloudwatch/eventPermission:EventPermission";

export const busPolicyIsNotPublic = resourceRule({
  id: "bus-policy-is-not-public",
  title: "No policy of an event bus lets everyone in",
  severity: "high",
  why: "Whoever may put events on the bus starts the functions and tasks that wait for them, with contents of his choice.",
  fix: "Name the accounts in Principal, or keep others out with a Condition on aws:PrincipalOrgID.",
  links: ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html"],
  frameworks: [{ name: "AwsSolutions", id: "EVB1" }],
  types: ["aws:cloudwatch/eventBusPolicy:EventBusPolicy", PERMISSION],
  check: (policy) => (policy.type === PERMISSION ? permission(policy) : publicVerdicts(policy, "policy")),
});

/** The older way: one principal, and a condition that can only be the organisation's id. */
function permission(policy: Resource): Verdict[] {
  const [principal, condition] = [read(policy, "principal"), read(policy, "condition")];
  const unknown = principal.state === "unknown";
  const open = unknown || text(principal) === "*";
  const what = unknown ? "principal is not known yet" : "principal is * without a condition";
  const findings = open && condition.state === "absent" ? [{ what, property: "principal", unknown }] : [];
  return [judge(policy, `${policy.name} is open to the world`, findings)];
}
