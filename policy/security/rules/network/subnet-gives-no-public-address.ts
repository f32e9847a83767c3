import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { append } from "../../../lib/multimap";
import { namedSubnets } from "../../../lib/network/named-subnets";
import { SUBNET, Subnets } from "../../../lib/network/subnets";
import { readFlag, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** What starts instances, which take an address from their subnet, and where it names subnets. Load balancers and NAT gateways have addresses of their own. */
const STARTERS: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance": "subnetId",
  "aws:autoscaling/group:Group": "vpcZoneIdentifiers[*]",
  "aws:eks/nodeGroup:NodeGroup": "subnetIds[*]",
  "aws:batch/computeEnvironment:ComputeEnvironment": "computeResources.subnets[*]",
};

const config = z.strictObject({
  publicTier: z
    .boolean()
    .default(true)
    .describe(
      "Whether a subnet may give addresses that has a route to an internet gateway and in which the stack starts no instance, as awsx makes them for load balancers and NAT gateways. False asks it of every subnet.",
    ),
});

/** Left out, a subnet gives none. */
export const subnetGivesNoPublicAddress = stackRule({
  id: "subnet-gives-no-public-address",
  title: "No subnet gives public addresses, except those of load balancers and NAT gateways",
  severity: "medium",
  why: "Whatever is started in such a subnet is on the internet from its first second, without anybody having asked for it.",
  fix: "Set mapPublicIpOnLaunch of the subnet to false, and start instances in private subnets with a NAT gateway or endpoints.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.15" },
    { name: "Checkov", id: "CKV_AWS_130" },
  ],
  config,
  check: (stack, { publicTier }) => {
    const subnets = new Subnets(stack);
    const started = new Started(stack);
    return stack
      .ofType(SUBNET)
      .map((subnet) => judge(subnet, `${subnet.name} gives public addresses`, findings(subnet, publicTier, subnets, started)));
  },
});

function findings(subnet: StackResource, publicTier: boolean, subnets: Subnets, started: Started): Finding[] {
  const property = "mapPublicIpOnLaunch";
  const gives = readFlag(subnet, property, false);
  if (gives === false) return [];
  const found = publicTier ? outsideTheTier(subnet, subnets, started) : [{ what: `${property} is on`, property }];
  if (found.length === 0 || gives === true) return found;
  return [{ what: `${property} is not known yet`, property, unknown: true }];
}

function outsideTheTier(subnet: StackResource, subnets: Subnets, started: Started): Finding[] {
  const property = "mapPublicIpOnLaunch";
  const [first] = started.certain.get(subnet.urn) ?? [];
  if (first !== undefined) return [{ what: `${property} is on, and ${first.name} starts instances in it`, property }];
  const [placed] = subnets.get({ kind: "resource", resource: subnet });
  if (placed?.toInternetGateway === false) return [{ what: `${property} is on, and it has no route to an internet gateway`, property }];
  if (placed?.toInternetGateway === undefined) return [{ what: "where its routes lead is not known", property, unknown: true }];
  return started.maybe.has(subnet.urn) ? [{ what: "whether instances are started in it is not known yet", property, unknown: true }] : [];
}

/** Which subnets the stack starts instances in. */
class Started {
  readonly certain = new Map<string, StackResource[]>();
  readonly maybe = new Set<string>();

  constructor(stack: StackGraph) {
    for (const [type, path] of Object.entries(STARTERS)) {
      for (const resource of stack.ofType(type)) {
        for (const reference of namedSubnets(resource, path, stack)) {
          if (reference.kind === "resource") append(this.certain, reference.resource.urn, resource);
          if (reference.kind === "unknown") for (const { urn } of reference.candidates) this.maybe.add(urn);
        }
      }
    }
  }
}
