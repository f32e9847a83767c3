import { MQ_FAMILIES } from "../../../../facts/amazon-mq";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { mqEngine, mqMode } from "../../../lib/stores/brokers";
import { BROKER } from "../../../lib/stores/store-rule";

const TYPE = "hostInstanceType";
const VERSION = "engineVersion";

/** A type has no default: the provider asks for one. */
export const brokerInstanceFitsMode = resourceRule({
  id: "broker-instance-fits-mode",
  title: "The instances of every message broker carry its engine and the way it is deployed",
  severity: "high",
  why: "A cluster of RabbitMQ does not run on burstable instances, and RabbitMQ 4 on one family alone; Amazon MQ refuses the broker.",
  fix: `Set ${TYPE} to mq.m7g.large or larger for RabbitMQ and to mq.m5.large or larger for ActiveMQ, or deploy a single instance.`,
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-instance-types.html"],
  frameworks: [],
  types: [BROKER],
  check: (broker) => [refused(broker, findings(broker))],
});

function findings(broker: Resource): Finding[] {
  const reading = read(broker, TYPE);
  if (reading.state === "absent") return [{ what: `${TYPE} is absent`, property: TYPE }];
  const type = text(reading);
  if (type === undefined) return [notKnown(TYPE)];
  if (!/^mq\.[a-z0-9]+\.[a-z0-9]+$/.test(type)) return [{ what: `${TYPE} is "${type}", which is no type of a broker`, property: TYPE }];
  return [...clustered(broker, type), ...version(broker, type)];
}

function clustered(broker: Resource, type: string): Finding[] {
  if (!MQ_FAMILIES.burstable.test(type)) return [];
  const mode = mqMode(broker);
  if (mode.state === "unknown") return [notKnown("deploymentMode")];
  return text(mode) === "CLUSTER_MULTI_AZ" ? [{ what: `${TYPE} is ${type}, which carries no cluster`, property: TYPE }] : [];
}

function version(broker: Resource, type: string): Finding[] {
  if (MQ_FAMILIES.rabbitMq4.test(type) || mqEngine(broker) === "ActiveMQ") return [];
  const found = text(read(broker, VERSION));
  if (found === undefined || mqEngine(broker) === undefined) return [notKnown(VERSION)];
  return Number(found.split(".")[0]) >= 4 ? [{ what: `${TYPE} is ${type}, which RabbitMQ ${found} does not run on`, property: TYPE }] : [];
}
