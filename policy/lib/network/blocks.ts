import { Address4, type Address6 } from "ip-address";
import type { StackGraph } from "../graph";
import { append } from "../multimap";
import { read, type Reading, readPath, type StackResource, text } from "../resource";
import { cidr } from "./addresses";
import { SUBNET } from "./subnets";

export const VPC = "aws:ec2/vpc:Vpc";
const ASSOCIATION = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

/** A block of addresses that is a valid one of IPv4. */
export interface Block {
  readonly text: string;
  readonly address: Address4;
}

/** What an input, or the output of that name, says of a block: known as soon as either is. */
export function blockOf(resource: StackResource, property = "cidrBlock"): Reading {
  const input = read(resource, property);
  if (input.state === "known") return input;
  const output = readPath(resource.outputs ?? {}, property);
  if (output.state === "known") return output;
  // A block that IPAM chooses is no input at all, and not known before it is chosen.
  return input.state === "absent" && read(resource, "ipv4IpamPoolId").state === "absent" ? input : { state: "unknown" };
}

/** The IPv4 block of a text; undefined for one that is none, such as one of IPv6. */
export function ipv4(text: string | undefined): Block | undefined {
  if (text === undefined) return undefined;
  const { address } = cidr(text);
  return isV4(address) ? { text, address } : undefined;
}

/** The IPv4 blocks of a VPC, its later ones too; `unknown` when there may be more. */
export function blocksOf(vpc: StackResource, graph: StackGraph): { readonly blocks: readonly Block[]; readonly unknown: boolean } {
  const anywhere = graph.ofType(ASSOCIATION).some((association) => {
    const owner = graph.reference(association, "vpcId", [VPC]);
    return owner?.kind === "unknown" && owner.candidates.length === 0;
  });
  const readings = [blockOf(vpc), ...graph.referring(vpc, "vpcId", [ASSOCIATION]).map((association) => blockOf(association))];
  return {
    blocks: readings.flatMap((reading) => ipv4(text(reading)) ?? []),
    unknown: anywhere || readings.some(({ state }) => state === "unknown"),
  };
}

/** The subnets of a stack by the VPC they are in. */
export interface SubnetsByVpc {
  /** By the URN of the VPC, or its id where it is not of this stack. */
  readonly certain: ReadonlyMap<string, readonly StackResource[]>;
  /** Those of which it is not known in which VPC they are. */
  readonly open: readonly StackResource[];
}

export function subnetsByVpc(graph: StackGraph): SubnetsByVpc {
  const result = new Map<string, StackResource[]>();
  const open: StackResource[] = [];
  for (const subnet of graph.ofType(SUBNET)) {
    const vpc = graph.reference(subnet, "vpcId", [VPC]);
    if (vpc?.kind === "resource") append(result, vpc.resource.urn, subnet);
    if (vpc?.kind === "external") append(result, vpc.id, subnet);
    if (vpc?.kind === "unknown") open.push(subnet);
  }
  return { certain: result, open };
}

function isV4(address: Address4 | Address6 | undefined): address is Address4 {
  return address instanceof Address4;
}
