import { VPC_LIMITS } from "../../../../facts/limits-vpc";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { blockOf, blocksOf, ipv4, VPC } from "../../../lib/network/blocks";
import { SUBNET } from "../../../lib/network/subnets";
import { type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** A subnet without an IPv4 block, which has only one of IPv6, is nothing it speaks of. */
export const subnetIsInsideItsVpc = stackRule({
  id: "subnet-is-inside-its-vpc",
  title: "Every subnet is a block of its VPC's addresses",
  severity: "high",
  why: "AWS refuses a subnet outside the blocks of its VPC, with host bits set, or larger than /16 or smaller than /28.",
  fix: "Set cidrBlock to a part of the VPC's cidrBlock (or of a further block that is associated with it) between /16 and /28, beginning on its own boundary.",
  links: [VPC_LIMITS.smallestPrefix.source],
  frameworks: [],
  check: (stack) => stack.ofType(SUBNET).flatMap((subnet) => verdicts(subnet, stack)),
});

function verdicts(subnet: StackResource, graph: StackGraph): Verdict[] {
  const reading = blockOf(subnet);
  if (reading.state === "absent") return [];
  const findings = reading.state === "unknown" ? [notKnown("cidrBlock")] : blockFindings(subnet, text(reading) ?? "", graph);
  return [judge(subnet, `AWS refuses ${subnet.name}`, findings)];
}

function blockFindings(subnet: StackResource, written: string, graph: StackGraph): Finding[] {
  const property = "cidrBlock";
  const block = ipv4(written);
  if (block === undefined || !written.includes("/")) return [{ what: `${property} "${written}" is no block of IPv4 addresses`, property }];
  const { address } = block;
  const [largest, smallest] = [VPC_LIMITS.largestPrefix.value, VPC_LIMITS.smallestPrefix.value];
  if (address.subnetMask < largest || address.subnetMask > smallest)
    return [{ what: `${written} is not between /${largest} and /${smallest}`, property }];
  if (address.startAddress().address !== address.addressMinusSuffix)
    return [{ what: `${written} does not begin on its own boundary, which is ${address.startAddress().address}`, property }];
  const vpc = graph.reference(subnet, "vpcId", [VPC]);
  if (vpc === undefined || vpc.kind === "external") return [];
  if (vpc.kind === "unknown") return [notKnown("vpcId")];
  const { blocks, unknown } = blocksOf(vpc.resource, graph);
  if (blocks.some((outer) => address.isInSubnet(outer.address))) return [];
  if (unknown) return [{ what: `the addresses of ${vpc.resource.name} are not known yet`, property: "vpcId", unknown }];
  return [{ what: `${written} is outside ${blocks.map((outer) => outer.text).join(", ")} of ${vpc.resource.name}`, property }];
}
