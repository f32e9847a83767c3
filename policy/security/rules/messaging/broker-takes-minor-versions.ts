import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { BROKER } from "../../../lib/stores/store-rule";

const PROPERTY = "autoMinorVersionUpgrade";

/** Absent is off; newer versions of RabbitMQ are not made without it. */
export const brokerTakesMinorVersions = resourceRule({
  id: "broker-takes-minor-versions",
  title: "Every message broker takes minor versions by itself",
  severity: "medium",
  why: "Holes of ActiveMQ have been used within days to run code on the broker; one that waits for a person to patch it stays open.",
  fix: "Set autoMinorVersionUpgrade to true, and choose a maintenanceWindowStartTime that suits.",
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html"],
  frameworks: [
    { name: "FSBP", id: "MQ.3" },
    { name: "Checkov", id: "CKV_AWS_207" },
  ],
  types: [BROKER],
  check: (broker) => [judge(broker, `${broker.name} stays on its minor version`, unlessOn(broker, PROPERTY, false, `${PROPERTY} is off`))],
  remediate: () => ({ [PROPERTY]: true }),
});
