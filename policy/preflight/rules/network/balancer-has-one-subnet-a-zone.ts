import { ELB_LIMITS } from "../../../../facts/limits-elb";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { Reference, StackGraph } from "../../../lib/graph";
import { BALANCERS, balancerType } from "../../../lib/network/balancers";
import { namedSubnets } from "../../../lib/network/named-subnets";
import { zonesOf } from "../../../lib/network/zones";
import type { StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const PATHS = ["subnets[*]", "subnetMappings[*].subnetId"];

export const balancerHasOneSubnetAZone = stackRule({
  id: "balancer-has-one-subnet-a-zone",
  title: "A load balancer has one subnet in each of its zones, an application load balancer in at least two",
  severity: "high",
  why: "AWS refuses two subnets of one zone, and an application load balancer in a single zone, after the network and the certificate have been waited for.",
  fix: "Give subnets (or subnetMappings) one subnet for each zone; an application load balancer needs two zones.",
  links: [ELB_LIMITS.applicationSubnets.source],
  frameworks: [],
  check: (stack) =>
    stack
      .ofType(...BALANCERS)
      .map((balancer) => judge(balancer, `AWS refuses the subnets of ${balancer.name}`, subnetFindings(balancer, stack))),
});

function subnetFindings(balancer: StackResource, graph: StackGraph): Finding[] {
  const property = "subnets";
  const subnets = PATHS.flatMap((path) => namedSubnets(balancer, path, graph));
  const type = balancerType(balancer);
  const uncounted = subnets.some(({ kind }) => kind === "unknown");
  const least = type === "application" ? ELB_LIMITS.applicationSubnets.value : 1;
  if (!uncounted && type !== undefined && subnets.length < least)
    return [{ what: `it has ${subnets.length} of at least ${least} subnets`, property }];
  const doubled = twice(subnets);
  if (doubled !== undefined) return [{ what: `two of its subnets are in ${doubled}`, property }];
  if (uncounted) return [notKnown(property)];
  if (type === undefined) return [notKnown("loadBalancerType")];
  // Subnets from outside the stack are taken to be in zones of their own.
  return subnets.some((subnet, index) => subnet.kind === "resource" && zonesOf(subnets)[index] === undefined)
    ? [{ what: "the zones of its subnets are not known yet", property, unknown: true }]
    : [];
}

/** A zone that two of the subnets are in. The same subnet named twice is one. */
function twice(subnets: readonly Reference[]): string | undefined {
  const certain = new Map(subnets.flatMap((subnet) => (subnet.kind === "resource" ? [[subnet.resource.urn, subnet] as const] : [])));
  const zones = zonesOf([...certain.values()]);
  return zones.find((zone, index) => zone !== undefined && zones.indexOf(zone) !== index);
}
