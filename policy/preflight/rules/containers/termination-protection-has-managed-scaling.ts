import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, readFlag, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const GROUP = "autoScalingGroupProvider";
const PROTECTION = `${GROUP}.managedTerminationProtection`;

/** Looks at capacity providers that ask for termination protection; without a word there is none. */
export const terminationProtectionHasManagedScaling = stackRule({
  id: "termination-protection-has-managed-scaling",
  title: "Managed termination protection goes with managed scaling and a group that protects its instances",
  severity: "high",
  why: "ECS protects instances by scaling the group itself: AWS refuses the protection without managed scaling, or on a group without protectFromScaleIn.",
  fix: "Set managedScaling.status of the capacity provider to ENABLED and protectFromScaleIn of the group to true, or managedTerminationProtection to DISABLED.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-termination-protection.html"],
  frameworks: [],
  check: (stack) => stack.ofType("aws:ecs/capacityProvider:CapacityProvider").flatMap((provider) => verdicts(provider, stack)),
});

function verdicts(provider: StackResource, graph: StackGraph): Verdict[] {
  const protection = read(provider, PROTECTION);
  if (protection.state === "absent" || (protection.state === "known" && text(protection) !== "ENABLED")) return [];
  const found = [...scalingFindings(provider), ...groupFindings(provider, graph)];
  const findings = protection.state === "unknown" && found.length > 0 ? [notKnown(PROTECTION)] : found;
  return [judge(provider, `AWS refuses the termination protection of ${provider.name}`, findings)];
}

/** Managed scaling is off where its block is missing, and on where the block does not say. Source: ManagedScaling of the ECS API reference (2026-11). */
function scalingFindings(provider: StackResource): Finding[] {
  const property = `${GROUP}.managedScaling`;
  const scaling = read(provider, property);
  const status = read(provider, `${property}.status`);
  if (scaling.state === "unknown" || status.state === "unknown") return [notKnown(property)];
  if (scaling.state === "absent") return [{ what: "it has no managedScaling", property }];
  return text(status) === "DISABLED" ? [{ what: "managedScaling.status is DISABLED", property }] : [];
}

function groupFindings(provider: StackResource, graph: StackGraph): Finding[] {
  const property = `${GROUP}.autoScalingGroupArn`;
  const group = graph.reference(provider, property, ["aws:autoscaling/group:Group"]);
  if (group === undefined || group.kind === "external") return [];
  if (group.kind === "unknown") return [notKnown(property)];
  const protects = readFlag(group.resource, "protectFromScaleIn", false);
  if (protects === undefined) return [{ what: `protectFromScaleIn of ${group.resource.name} is not known yet`, property, unknown: true }];
  return protects ? [] : [{ what: `protectFromScaleIn of ${group.resource.name} is off`, property }];
}
