import type { Finding } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { append } from "../../lib/multimap";
import { keyOf } from "../../lib/network/groups";
import { SUBNET } from "../../lib/network/subnets";
import { NAT_GATEWAY } from "../../lib/price/network";
import type { StackResource } from "../../lib/resource";
import { stackRule, type Verdict } from "../../lib/rule";
import { SAVING_CONFIG, savingVerdict } from "../../lib/saving";

const VPC = "aws:ec2/vpc:Vpc";

/** Only asked where an enclosing component, or the setting, says `durable: false`. */
export const natGatewayIsShared = stackRule({
  id: "nat-gateway-is-shared",
  title: "Outside durable environments all zones of a VPC share one NAT gateway",
  severity: "low",
  why: "Each NAT gateway costs 33 $ a month and a public address, whether anything goes through it or not; a second one only helps when a zone fails.",
  fix: "Make one NAT gateway and let the routes of every zone lead to it (nat: single; natGateways.strategy: Single of awsx.ec2.Vpc).",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-pricing.html"],
  frameworks: [],
  config: SAVING_CONFIG,
  check: (stack, config) => {
    const byVpc = new Map<string, StackResource[]>();
    const gateways = stack.ofType(NAT_GATEWAY).map((gateway) => ({ gateway, vpc: vpcOf(gateway, stack) }));
    for (const { gateway, vpc } of gateways) if (vpc !== undefined) append(byVpc, vpc, gateway);
    return gateways.flatMap(({ gateway, vpc }): Verdict[] => {
      const fault = `${gateway.name} is one of several NAT gateways of its VPC`;
      return savingVerdict(gateway, stack, config, fault, others(gateway, vpc === undefined ? undefined : byVpc.get(vpc), gateways.length));
    });
  },
});

/** The first gateway of a VPC is the one to share. */
function others(gateway: StackResource, siblings: readonly StackResource[] | undefined, all: number): Finding[] {
  const property = "subnetId";
  if (siblings === undefined) return all > 1 ? [{ what: "which VPC it is in is not known yet", property, unknown: true }] : [];
  const [first] = siblings;
  return first === undefined || first === gateway ? [] : [{ what: `${first.name} is there already`, property }];
}

/** The VPC of a gateway by what tells it from others; undefined when that is not known. */
function vpcOf(gateway: StackResource, graph: StackGraph): string | undefined {
  const subnet = graph.reference(gateway, "subnetId", [SUBNET]);
  if (subnet?.kind !== "resource") return undefined;
  const vpc = graph.reference(subnet.resource, "vpcId", [VPC]);
  return vpc === undefined ? undefined : keyOf(vpc);
}
