import { arn, autoName, hex } from "./identifiers";
import { namedArn, sameAs, type Simulate, text } from "./shapes";

const domain: Simulate = (inputs, place) => {
  const name = text(inputs["domainName"], autoName(place));
  const own = arn(place, "es", `domain/${name}`);
  const endpoint = `vpc-${name}-${hex(place, 26)}.${place.region}.es.amazonaws.com`;
  return { id: own, outputs: { domainName: name, arn: own, endpoint, dashboardEndpoint: `${endpoint}/_dashboards` } };
};

/** What gathers logs and what searches them, by type token. */
export const LOG_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": (inputs, place) => ({
    id: `${text(inputs["policyName"], place.name)}:${text(inputs["policyType"], "")}`,
    outputs: {},
  }),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": namedArn("firehose", (name) => `deliverystream/${name}`),
  "aws:opensearch/domain:Domain": domain,
  "aws:opensearch/domainPolicy:DomainPolicy": sameAs("domainName"),
};
