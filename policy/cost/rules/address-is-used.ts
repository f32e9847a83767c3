import type { StackGraph } from "../../lib/graph";
import { ADDRESS } from "../../lib/price/network";
import { read, type StackResource } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

/** Inputs by which an address names what it belongs to. */
const OWN = ["instance", "networkInterface"];

/** What an address can belong to. Source: the resources of @pulumi/aws 7.48 with an allocation id (2026-11). */
const USERS = [
  "aws:ec2/eipAssociation:EipAssociation",
  "aws:ec2/natGateway:NatGateway",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:globalaccelerator/endpointGroup:EndpointGroup",
  "aws:transfer/server:Server",
  "aws:redshift/cluster:Cluster",
];

/** Where they name it, as far as it may be named by an id that stands in the program. */
const PATHS = ["allocationId", "secondaryAllocationIds[*]", "subnetMappings[*].allocationId", "endpointDetails.addressAllocationIds[*]"];

/** A record of DNS alone is no use: nothing answers there. */
export const addressIsUsed = stackRule({
  id: "address-is-used",
  title: "Every elastic IP address belongs to something",
  severity: "low",
  why: "An address costs 3.65 $ a month whether anything answers on it or not, and a region has five of them unless AWS grants more.",
  fix: "Attach the address (instance, networkInterface, an EipAssociation, allocationId of a NAT gateway or a load balancer), or remove it.",
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html"],
  frameworks: [{ name: "Checkov", id: "CKV2_AWS_19" }],
  check: (stack) => stack.ofType(ADDRESS).map((address) => verdict(address, stack)),
});

function verdict(address: StackResource, stack: StackGraph): Verdict {
  const { urn, name } = address;
  const own = OWN.map((path) => read(address, path).state);
  // What it is attached to may not be made yet: then its id is not known, but the property comes from it.
  const comesFrom = OWN.some((property) => (address.propertyDependencies[property] ?? []).length > 0);
  if (own.includes("known") || comesFrom || stack.once(used).has(urn)) return pass(urn);
  if (PATHS.some((path) => stack.referring(address, path, USERS).length > 0)) return pass(urn);
  if (own.includes("unknown")) return notEvaluated(urn, "what it belongs to is not known yet", OWN[own.indexOf("unknown")]);
  return fail(urn, `nothing in the stack uses the address ${name}`);
}

/** URNs of what an input of a possible user comes from: also an address that is named by its number. */
function used(stack: StackGraph): ReadonlySet<string> {
  return new Set(stack.ofType(...USERS).flatMap(({ propertyDependencies }) => Object.values(propertyDependencies).flat()));
}
