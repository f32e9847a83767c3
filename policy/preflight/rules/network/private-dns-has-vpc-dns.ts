import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { VPC } from "../../../lib/network/blocks";
import { read, readFlag, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** The defaults of aws.ec2.Vpc (2026-11). */
const FLAGS: readonly (readonly [flag: string, byDefault: boolean])[] = [
  ["enableDnsSupport", true],
  ["enableDnsHostnames", false],
];

/** Looks at interface endpoints that ask for private DNS, which is off by default. */
export const privateDnsHasVpcDns = stackRule({
  id: "private-dns-has-vpc-dns",
  title: "The VPC of an endpoint with private DNS has both of its DNS settings on",
  severity: "high",
  why: "AWS refuses to turn private DNS on in a VPC without DNS support and DNS host names; the latter are off by default.",
  fix: "Set enableDnsSupport and enableDnsHostnames of the VPC to true, or privateDnsEnabled of the endpoint to false.",
  links: ["https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"],
  frameworks: [],
  check: (stack) =>
    stack
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .filter((endpoint) => isInterface(endpoint) !== false && readFlag(endpoint, "privateDnsEnabled", false) !== false)
      .map((endpoint) => judge(endpoint, `AWS refuses private DNS for ${endpoint.name}`, dnsFindings(endpoint, stack))),
});

/** An endpoint that names no type is a gateway. */
function isInterface(endpoint: StackResource): Tri {
  const type = read(endpoint, "vpcEndpointType");
  return type.state === "unknown" ? undefined : text(type) === "Interface";
}

function dnsFindings(endpoint: StackResource, graph: StackGraph): Finding[] {
  if (isInterface(endpoint) === undefined) return [notKnown("vpcEndpointType")];
  const vpc = graph.reference(endpoint, "vpcId", [VPC]);
  if (vpc === undefined || vpc.kind === "external") return [];
  if (vpc.kind === "unknown") return [notKnown("vpcId")];
  const found = FLAGS.flatMap(([flag, byDefault]): Finding[] => {
    const on = readFlag(vpc.resource, flag, byDefault);
    if (on === undefined) return [{ what: `${flag} of ${vpc.resource.name} is not known yet`, property: "vpcId", unknown: true }];
    return on ? [] : [{ what: `${flag} of ${vpc.resource.name} is off`, property: "privateDnsEnabled" }];
  });
  if (found.length > 0 && readFlag(endpoint, "privateDnsEnabled", false) === undefined) return [notKnown("privateDnsEnabled")];
  return found;
}
