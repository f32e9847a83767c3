import { MSK_LIMITS } from "../../../../facts/msk";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { zonesNamed } from "../../../lib/network/in-zones";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { BROKER_TYPE, isExpress } from "../../../lib/stores/kafka";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const NODES = "numberOfBrokerNodes";
const SUBNETS = "brokerNodeGroupInfo.clientSubnets[*]";
const PROPERTY = "brokerNodeGroupInfo";

/** Looks at the whole stack, which has the subnets and their zones. Both settings have no default: the provider asks for them. */
export const kafkaBrokersFitZones = stackRule({
  id: "kafka-brokers-fit-zones",
  title: "A Kafka cluster has subnets in two or three zones, and the same number of brokers in each",
  severity: "high",
  why: "MSK spreads brokers evenly: it refuses a number that the subnets don't divide, two subnets in one zone, and Express brokers in other than three zones.",
  fix: `Give clientSubnets two or three subnets in different zones (three for Express), and ${NODES} a multiple of them.`,
  links: ["https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html"],
  frameworks: [],
  check: (stack) => stack.ofType(KAFKA_CLUSTER).map((cluster) => refused(cluster, findings(cluster, stack))),
});

function findings(cluster: StackResource, stack: StackGraph): Finding[] {
  const { subnets, names, open } = zonesNamed(cluster, SUBNETS, stack);
  const nodes = number(read(cluster, NODES));
  if (subnets === undefined) return [notKnown(PROPERTY)];
  const uneven = nodes !== undefined && (subnets === 0 || nodes % subnets !== 0 || nodes === 0);
  const together = !open && names.size < subnets;
  return [
    ...counts(cluster, subnets),
    ...(nodes === undefined ? [notKnown(NODES)] : []),
    ...(uneven ? [{ what: `it has ${nodes} brokers on ${subnets} subnets`, property: NODES }] : []),
    ...(together ? [{ what: `its ${subnets} subnets stand in ${[...names].join(" and ")} only`, property: PROPERTY }] : []),
    ...(open ? [{ what: "in which zones its subnets stand is not known yet", property: PROPERTY, unknown: true }] : []),
  ];
}

function counts(cluster: StackResource, subnets: number): Finding[] {
  const express = isExpress(cluster);
  const { standard, express: three } = MSK_LIMITS.zones;
  const taken: readonly number[] = express === true ? three : standard;
  if (!taken.includes(subnets)) return [{ what: `it has ${subnets} subnets, and ${taken.join(" or ")} are taken`, property: PROPERTY }];
  return express === undefined && subnets === 2 ? [notKnown(BROKER_TYPE)] : [];
}
