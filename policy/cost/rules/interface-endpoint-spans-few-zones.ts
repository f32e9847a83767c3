import { notKnown } from "../../lib/expect";
import type { Finding } from "../../lib/finding";
import { VPC_ENDPOINT } from "../../lib/price/network";
import { elements, read, type StackResource, text } from "../../lib/resource";
import { stackRule } from "../../lib/rule";
import { SAVING_CONFIG, savingVerdict } from "../../lib/saving";

const TYPE = "vpcEndpointType";
const property = "subnetIds";

/** Only asked where an enclosing component, or the setting, says `durable: false`. */
export const interfaceEndpointSpansFewZones = stackRule({
  id: "interface-endpoint-spans-few-zones",
  title: "Outside durable environments an interface endpoint stands in one zone",
  severity: "low",
  why: "Each zone of an endpoint costs 7.30 $ a month; all zones of the VPC reach the one of another, so the others only help when a zone fails.",
  fix: "Give the endpoint one subnet in subnetIds, or leave it out: a gateway endpoint for S3 and DynamoDB costs nothing.",
  links: ["https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html"],
  frameworks: [],
  config: SAVING_CONFIG,
  check: (stack, config) =>
    stack
      .ofType(VPC_ENDPOINT)
      .filter((endpoint) => read(endpoint, TYPE).state === "unknown" || text(read(endpoint, TYPE)) === "Interface")
      .flatMap((endpoint) => savingVerdict(endpoint, stack, config, `${endpoint.name} is paid for in several zones`, findings(endpoint))),
});

function findings(endpoint: StackResource): Finding[] {
  if (read(endpoint, TYPE).state === "unknown") return [notKnown(TYPE)];
  const reading = read(endpoint, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const count = elements(reading).length;
  return count > 1 ? [{ what: `it has ${count} ${property}`, property }] : [];
}
