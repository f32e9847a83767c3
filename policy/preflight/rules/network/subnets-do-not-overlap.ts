import { VPC_LIMITS } from "../../../../facts/limits-vpc";
import { type Block, blockOf, ipv4, subnetsByVpc } from "../../../lib/network/blocks";
import { type StackResource, text } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";

/** Looks at each VPC of which the stack makes two subnets or more. */
export const subnetsDoNotOverlap = stackRule({
  id: "subnets-do-not-overlap",
  title: "No two subnets of a VPC have addresses in common",
  severity: "high",
  why: "AWS refuses the one that comes second, and which of them that is differs from run to run.",
  fix: "Give each subnet a cidrBlock of its own.",
  links: [VPC_LIMITS.smallestPrefix.source],
  frameworks: [],
  check: (stack) => {
    const { certain, open } = subnetsByVpc(stack);
    const ofVpc = [...certain.values()].flatMap((subnets) => (subnets.length + open.length > 1 ? verdicts(subnets, open) : []));
    const alone = certain.size === 0 && open.length === 1;
    return alone ? ofVpc : [...ofVpc, ...open.map(({ urn }) => notEvaluated(urn, "vpcId is not known yet", "vpcId"))];
  },
});

interface Placed {
  readonly subnet: StackResource;
  readonly block: Block;
  readonly first: bigint;
  readonly last: bigint;
}

/** In the order of their addresses, a block overlaps another one exactly when it begins before all those in front of it have ended. */
function verdicts(subnets: readonly StackResource[], anywhere: readonly StackResource[]): Verdict[] {
  const unknown = subnets.filter((subnet) => blockOf(subnet).state === "unknown");
  const placed = subnets.flatMap(place).sort((one, other) => (one.first < other.first ? -1 : one.first > other.first ? 1 : 0));
  const result: Verdict[] = [];
  let furthest: Placed | undefined;
  for (const next of placed) {
    result.push(
      furthest !== undefined && next.first <= furthest.last
        ? fail(
            next.subnet.urn,
            `${next.block.text} of ${next.subnet.name} overlaps ${furthest.block.text} of ${furthest.subnet.name}`,
            "cidrBlock",
          )
        : besides(next.subnet, unknown, anywhere),
    );
    if (furthest === undefined || next.last > furthest.last) furthest = next;
  }
  return [...result, ...unknown.map(({ urn }) => notEvaluated(urn, "cidrBlock is not known yet", "cidrBlock"))];
}

/** A block that is not known yet may lie anywhere in the VPC, and a subnet whose VPC is not known in any VPC. */
function besides({ urn }: StackResource, [unknown]: readonly StackResource[], [stray]: readonly StackResource[]): Verdict {
  if (unknown !== undefined) return notEvaluated(urn, `cidrBlock of ${unknown.name} is not known yet`, "cidrBlock");
  return stray === undefined ? pass(urn) : notEvaluated(urn, `vpcId of ${stray.name} is not known yet`, "cidrBlock");
}

function place(subnet: StackResource): Placed[] {
  const block = ipv4(text(blockOf(subnet)));
  if (block === undefined) return [];
  return [{ subnet, block, first: block.address.startAddress().bigInt(), last: block.address.endAddress().bigInt() }];
}
