import { MQ_MODES } from "../../../../facts/amazon-mq";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { unlessInZones, zonesNamed } from "../../../lib/network/in-zones";
import { type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { MQ_MODE_NAMES, mqEngine, mqMode } from "../../../lib/stores/brokers";
import { BROKER } from "../../../lib/stores/store-rule";

const MODE = "deploymentMode";
const SUBNETS = "subnetIds";

/** Looks at the whole stack, which has the subnets. Left out, a broker is a single instance, and its subnets are those of the default VPC. */
export const brokerSubnetsFitMode = stackRule({
  id: "broker-subnets-fit-mode",
  title: "A message broker is deployed in a way that its engine has, with as many subnets as that takes",
  severity: "high",
  why: "Amazon MQ takes one subnet for a single instance and two in different zones for a standby; a standby is ActiveMQ's and a cluster RabbitMQ's.",
  fix: `Set ${MODE} to ACTIVE_STANDBY_MULTI_AZ with two ${SUBNETS} for ActiveMQ, to CLUSTER_MULTI_AZ for RabbitMQ, or to SINGLE_INSTANCE with one.`,
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html"],
  frameworks: [],
  check: (stack) => stack.ofType(BROKER).map((broker) => refused(broker, findings(broker, stack))),
});

function findings(broker: StackResource, stack: StackGraph): Finding[] {
  const wrong = unlessOneOf(broker, MODE, MQ_MODE_NAMES);
  const mode = text(mqMode(broker));
  const taken = MQ_MODES[mode ?? ""];
  if (wrong.length > 0 || mode === undefined || taken === undefined) return wrong;
  const engine = mqEngine(broker);
  const unfit =
    engine === undefined
      ? [notKnown("engineType")]
      : taken.engines.includes(engine)
        ? []
        : [{ what: `${MODE} is ${mode}, which ${engine} does not have`, property: MODE }];
  return [...unfit, ...subnets(broker, stack, mode, taken.subnets)];
}

function subnets(broker: StackResource, stack: StackGraph, mode: string, wanted: number | undefined): Finding[] {
  if (wanted === undefined || !isSet(broker, SUBNETS)) return [];
  const { subnets: count } = zonesNamed(broker, `${SUBNETS}[*]`, stack);
  if (count === undefined) return [notKnown(SUBNETS)];
  if (count !== wanted) return [{ what: `it has ${count} subnets, and ${mode} takes ${wanted}`, property: SUBNETS }];
  return wanted === 1 ? [] : unlessInZones(broker, `${SUBNETS}[*]`, stack, wanted);
}
