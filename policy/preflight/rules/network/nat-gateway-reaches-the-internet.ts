import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { Subnets, SUBNET } from "../../../lib/network/subnets";
import { read, some, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** A private NAT gateway leads to other networks only. */
export const natGatewayReachesTheInternet = stackRule({
  id: "nat-gateway-reaches-the-internet",
  title: "The subnet of a public NAT gateway has a route to an internet gateway",
  severity: "high",
  why: "AWS fails a NAT gateway in a VPC without an internet gateway, minutes later; without the route it is made, and nodes wait behind it until they give up.",
  fix: "Put the NAT gateway into a public subnet, add a route of 0.0.0.0/0 to the internet gateway of the VPC, or set connectivityType to private.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html"],
  frameworks: [],
  check: (stack) => {
    const subnets = stack.once(subnetsOf);
    return stack.ofType("aws:ec2/natGateway:NatGateway").flatMap((gateway) => verdicts(gateway, subnets, stack));
  },
});

function subnetsOf(graph: StackGraph): Subnets {
  return new Subnets(graph);
}

function verdicts(gateway: StackResource, subnets: Subnets, graph: StackGraph): Verdict[] {
  if (text(read(gateway, "connectivityType")) === "private") return [];
  const subnet = graph.reference(gateway, "subnetId", [SUBNET]);
  if (subnet === undefined || subnet.kind === "external") return [];
  return [judge(gateway, `${gateway.name} can't reach the internet`, routeFindings(subnets, subnet))];
}

function routeFindings(subnets: Subnets, subnet: Parameters<Subnets["get"]>[0]): Finding[] {
  const property = "subnetId";
  const leads = some(subnets.get(subnet).map(({ toInternetGateway }) => toInternetGateway));
  if (leads === true) return [];
  if (leads === undefined || subnet.kind === "unknown")
    return [{ what: "the routes of its subnet are not known", property, unknown: true }];
  const name = subnet.kind === "resource" ? subnet.resource.name : subnet.id;
  return [{ what: `${name} has no route to an internet gateway`, property }];
}
