import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown, unlessAnyOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { durableStoreVerdicts, KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const LEVEL = "enhancedMonitoring";
const EXPORTERS = ["jmxExporter", "nodeExporter"].map((exporter) => `openMonitoring.prometheus.${exporter}.enabledInBroker`);

const config = z.strictObject(DURABLE_CONFIG);

/** Of durable environments. Metrics of each broker at the least, or an exporter that others read. */
export const kafkaShowsItsBrokers = stackRule({
  id: "kafka-shows-its-brokers",
  title: "Every durable Kafka cluster has metrics of each broker",
  severity: "low",
  why: "The metrics that come by themselves don't tell a broker that lags from one that is well: a partition that loses its copies is seen when the last is gone.",
  fix: "Set enhancedMonitoring to PER_BROKER or more, or turn openMonitoring on.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html"],
  frameworks: [],
  config,
  check: (stack, { durable }) =>
    durableStoreVerdicts(stack, [{ types: [KAFKA_CLUSTER], findings }], "does not show how its brokers are", durable),
});

function findings(cluster: StackResource): Finding[] {
  const closed = unlessAnyOn(cluster, EXPORTERS, "openMonitoring is off");
  if (closed.length === 0) return [];
  const level = read(cluster, LEVEL);
  if (level.state === "unknown") return [notKnown(LEVEL)];
  if (level.state === "known" && level.value !== "DEFAULT") return [];
  return closed.map((found) => ({ ...found, what: found.unknown === true ? found.what : `${LEVEL} is DEFAULT, and ${found.what}` }));
}
