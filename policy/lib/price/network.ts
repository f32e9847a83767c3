import { elements, read, readFlag, readPath, type StackResource } from "../resource";
import { type Amount, type Charge, combined, hourly, listLength, monthly, type Pricer, unpriced, usage, word } from "./charge";

export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const ADDRESS = "aws:ec2/eip:Eip";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ENDPOINT_SUBNETS = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation";
export const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];

const HOURS_OF_BALANCER: Readonly<Record<string, string>> = { application: "alb.hour", network: "nlb.hour", gateway: "gwlb.hour" };

/** Zones in which a load balancer has an interface. */
function zones(balancer: StackResource): Amount {
  return combined([listLength(balancer, "subnets"), listLength(balancer, "subnetMappings")], (subnets, mappings) => subnets + mappings);
}

/** Addresses that AWS gives an internet-facing balancer, one a zone at least; an elastic one is charged where it is declared. */
function balancerAddresses(balancer: StackResource): Charge[] {
  const internal = readFlag(balancer, "internal", false);
  if (internal === true) return [];
  const what = "public IPv4 addresses";
  if (internal === undefined) return [{ kind: "unknown", what, property: "internal" }];
  const elastic = elements(read(balancer, "subnetMappings")).filter(
    (mapping) => mapping.state === "known" && readPath(mapping.value, "allocationId").state !== "absent",
  );
  return hourly(
    what,
    "ipv4.public",
    combined([zones(balancer)], (count) => count - elastic.length),
  );
}

function balancer(resource: StackResource): Charge[] {
  const type = word(resource, "loadBalancerType", "application");
  const item = { value: type.value === undefined ? undefined : (HOURS_OF_BALANCER[type.value] ?? type.value), property: type.property };
  return [...hourly("hours", item, 1), ...balancerAddresses(resource), usage("capacity units")];
}

/** What is in the network. A gateway endpoint is a route, and free. */
export const NETWORK_PRICERS: readonly Pricer[] = [
  { types: [NAT_GATEWAY], charges: () => [...hourly("hours", "nat.hour", 1), usage("traffic")] },
  { types: [ADDRESS], charges: () => hourly("public IPv4 address", "ipv4.public", 1) },
  {
    types: [VPC_ENDPOINT],
    charges: (endpoint, graph) => {
      const type = word(endpoint, "vpcEndpointType", "Gateway");
      if (type.value === undefined) return [{ kind: "unknown", what: "hours in each zone", property: type.property }];
      if (type.value === "Gateway") return [];
      if (type.value !== "Interface")
        return [unpriced("hours in each zone", `endpoints of the type ${type.value} have no price among the facts`)];
      const associated = graph.referring(endpoint, "vpcEndpointId", [ENDPOINT_SUBNETS]).length;
      const subnets = combined([listLength(endpoint, "subnetIds")], (listed) => listed + associated);
      return [...hourly("hours in each zone", "endpoint.interface", subnets), usage("traffic")];
    },
  },
  { types: BALANCERS, charges: balancer },
  {
    types: ["aws:elb/loadBalancer:LoadBalancer"],
    charges: (resource) => [...hourly("hours", "clb.hour", 1), ...balancerAddresses(resource), usage("traffic")],
  },
  { types: ["aws:route53/zone:Zone"], charges: () => [...monthly("hosted zone", "route53.zone", 1), usage("queries")] },
  {
    types: ["aws:ec2transitgateway/vpcAttachment:VpcAttachment"],
    charges: () => [...hourly("hours", "transit.attachment", 1), usage("traffic")],
  },
  { types: ["aws:ec2/vpnConnection:VpnConnection"], charges: () => [...hourly("hours", "vpn.connection", 1), usage("traffic")] },
];
