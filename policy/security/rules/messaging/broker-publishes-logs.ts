import { notKnown, unlessOn } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { BROKER } from "../../../lib/stores/store-rule";

/** RabbitMQ has no audit log. */
export const brokerPublishesLogs = resourceRule({
  id: "broker-publishes-logs",
  title: "Every message broker publishes its logs, and ActiveMQ also who changed what",
  severity: "medium",
  why: "Nobody can get onto a broker: refused sign-ins and full stores are told in its log, and what an administrator did in the audit log alone.",
  fix: "Set logs.general to true, and logs.audit to true for ActiveMQ.",
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html"],
  frameworks: [
    { name: "FSBP", id: "MQ.2" },
    { name: "Checkov", id: "CKV_AWS_48" },
    { name: "Checkov", id: "CKV_AWS_197" },
  ],
  types: [BROKER],
  check: (broker) => [judge(broker, `${broker.name} keeps logs to itself`, findings(broker))],
});

function findings(broker: Resource): Finding[] {
  const general = unlessOn(broker, "logs.general", false, "logs.general is off");
  const engine = read(broker, "engineType");
  if (text(engine)?.toLowerCase() === "rabbitmq") return general;
  const audit = unlessOn(broker, "logs.audit", false, "logs.audit is off");
  return [...general, ...(engine.state === "unknown" && audit.length > 0 ? [notKnown("engineType")] : audit)];
}
