import type { StackGraph } from "../../lib/graph";
import { VPC_ENDPOINT } from "../../lib/price/network";
import { analyse } from "../../lib/reachability";
import { read } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

const TYPE = "vpcEndpointType";

/** A stack of a network alone has no workloads that could use an endpoint, so nothing is asked of it. */
export const interfaceEndpointHasUsers = stackRule({
  id: "interface-endpoint-has-users",
  title: "Some workload can use each interface endpoint",
  severity: "low",
  why: "An interface endpoint costs 7.30 $ a month in each zone; one whose security group lets nobody in is paid for while the traffic takes the NAT gateway.",
  fix: "Let the workloads' security groups reach the endpoint's on port 443, or remove the endpoint.",
  links: ["https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"],
  frameworks: [],
  check: (stack) => (stack.ofType(VPC_ENDPOINT).length === 0 ? [] : verdicts(stack)),
});

function verdicts(stack: StackGraph): Verdict[] {
  const { endpoints, reaches, inward, outward } = analyse(stack);
  if (!endpoints.some(({ initiates }) => initiates)) return [];
  const used = new Set(reaches.flatMap(({ fromUrn, toUrn }) => (fromUrn === undefined || toUrn === undefined ? [] : [toUrn])));
  const [open] = [...outward.values()].flat();
  const unclear = stack
    .ofType(VPC_ENDPOINT)
    .filter((endpoint) => read(endpoint, TYPE).state === "unknown")
    .map(({ urn }) => notEvaluated(urn, `${TYPE} is not known yet`, TYPE));
  const known = endpoints
    .filter(({ resource }) => resource.type === VPC_ENDPOINT)
    .map(({ resource: { urn, name } }) => {
      if (used.has(urn)) return pass(urn);
      const [doubt = open] = inward.get(urn) ?? [];
      if (doubt !== undefined) return notEvaluated(urn, `${doubt.why} (${doubt.urn})`, doubt.property);
      return fail(urn, `no workload in the stack can reach the endpoint ${name}`, "securityGroupIds");
    });
  return [...known, ...unclear];
}
