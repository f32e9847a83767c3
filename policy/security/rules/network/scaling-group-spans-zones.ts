import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { SCALING_GROUP } from "../../../lib/network/instances";
import { namedSubnets } from "../../../lib/network/named-subnets";
import { zonesOf } from "../../../lib/network/zones";
import { readAll, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** Several subnets may be in one zone, so their zones are counted, not they. */
export const scalingGroupSpansZones = stackRule({
  id: "scaling-group-spans-zones",
  title: "Every Auto Scaling group starts instances in at least two zones",
  severity: "medium",
  why: "When its only zone fails, or has no more instances of the type, the group starts none, however much it may grow.",
  fix: "Give vpcZoneIdentifiers of the group subnets of at least two zones, or availabilityZones two of them.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html#arch-AutoScalingMultiAZ"],
  frameworks: [{ name: "FSBP", id: "AutoScaling.2" }],
  check: (stack) => stack.ofType(SCALING_GROUP).map((group) => judge(group, `${group.name} is gone with one zone`, findings(group, stack))),
});

function findings(group: StackResource, stack: StackGraph): Finding[] {
  const named = readAll(group, "availabilityZones[*]").map(text);
  const placed = zonesOf(namedSubnets(group, "vpcZoneIdentifiers[*]", stack));
  const property = placed.length > 0 ? "vpcZoneIdentifiers" : "availabilityZones";
  const zones = new Set([...named, ...placed]);
  const known = [...zones].flatMap((zone) => zone ?? []);
  if (known.length > 1) return [];
  // A single subnet of a known list is a single zone, whichever it is.
  const [only] = readAll(group, "vpcZoneIdentifiers[*]");
  const isOne = placed.length === 1 && named.length === 0 && only?.state === "known";
  if (zones.size === 0 || (zones.has(undefined) && !isOne))
    return [{ what: "in which zones its subnets are is not known yet", property, unknown: true }];
  return [{ what: `it starts all of them in ${known[0] ?? "one zone"}`, property }];
}
