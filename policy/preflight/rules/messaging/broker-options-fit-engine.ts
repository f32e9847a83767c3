import { MQ_FAMILIES } from "../../../../facts/amazon-mq";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { inEach } from "../../../lib/settings/amounts";
import { isAmong, unlessLeftOut, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { mqEngine, mqMode } from "../../../lib/stores/brokers";
import { BROKER } from "../../../lib/stores/store-rule";

const STORAGE = "storageType";
const AUDIT = "logs.audit";

/** Left out, ActiveMQ stores on EFS and RabbitMQ on EBS, and no log is kept. */
export const brokerOptionsFitEngine = resourceRule({
  id: "broker-options-fit-engine",
  title: "A message broker asks only for storage, logs and users that its engine has",
  severity: "high",
  why: "RabbitMQ has no shared storage, no audit log, no LDAP and no user groups, and ActiveMQ on block storage no standby: Amazon MQ refuses the broker.",
  fix: `Drop ${STORAGE} efs, ${AUDIT}, ldapServerMetadata and the users' groups and consoleAccess from RabbitMQ; use ${STORAGE} ebs for ActiveMQ only on one mq.m5 instance.`,
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html"],
  frameworks: [],
  types: [BROKER],
  check: (broker) => [refused(broker, findings(broker))],
});

function findings(broker: Resource): readonly Finding[] {
  const engine = mqEngine(broker);
  const found = { RabbitMQ: ofRabbitMq(broker), ActiveMQ: ofActiveMq(broker) };
  if (engine !== undefined) return found[engine];
  return found.RabbitMQ.length + found.ActiveMQ.length > 0 ? [notKnown("engineType")] : [];
}

function ofRabbitMq(broker: Resource): Finding[] {
  const audit = readFlag(broker, AUDIT, false);
  const storage = read(broker, STORAGE);
  return [
    ...(storage.state === "unknown" ? [notKnown(STORAGE)] : []),
    ...(text(storage)?.toLowerCase() === "efs" ? [{ what: `${STORAGE} is efs, which RabbitMQ does not have`, property: STORAGE }] : []),
    ...(audit === undefined ? [notKnown(AUDIT)] : []),
    ...(audit === true ? [{ what: `${AUDIT} is on, and RabbitMQ has no audit log`, property: AUDIT }] : []),
    ...unlessLeftOut(broker, "ldapServerMetadata", "ldapServerMetadata is set, which RabbitMQ does not have"),
    ...inEach(broker, "users", (user) => groups(broker, `${user}.groups`)),
  ];
}

function groups(broker: Resource, property: string): Finding[] {
  const reading = read(broker, property);
  if (reading.state === "unknown") return [notKnown(property)];
  return elements(reading).length > 0 ? [{ what: `${property} is set, which RabbitMQ does not have`, property }] : [];
}

function ofActiveMq(broker: Resource): readonly Finding[] {
  return where(isAmong(read(broker, STORAGE), ["ebs", "EBS"]), STORAGE, ofBlockStorage(broker));
}

function ofBlockStorage(broker: Resource): Finding[] {
  const [type, mode] = [text(read(broker, "hostInstanceType")), text(mqMode(broker))];
  return [
    ...(mode === undefined ? [notKnown("deploymentMode")] : []),
    ...(mode !== undefined && mode !== "SINGLE_INSTANCE"
      ? [{ what: `${STORAGE} is ebs and deploymentMode is ${mode}`, property: STORAGE }]
      : []),
    ...(type === undefined ? [notKnown("hostInstanceType")] : []),
    ...(type !== undefined && !MQ_FAMILIES.blockStorage.test(type)
      ? [{ what: `${STORAGE} is ebs, which ${type} does not have`, property: STORAGE }]
      : []),
  ];
}
