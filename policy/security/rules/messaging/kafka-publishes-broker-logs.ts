import { unlessAnyOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const LOGS = ["cloudwatchLogs", "s3", "firehose"].map((way) => `loggingInfo.brokerLogs.${way}.enabled`);

/** Serverless clusters have no brokers to show. */
export const kafkaPublishesBrokerLogs = resourceRule({
  id: "kafka-publishes-broker-logs",
  title: "Every Kafka cluster publishes the logs of its brokers",
  severity: "medium",
  why: "Refused sign-ins, lost leaders and full disks are told in the logs of the brokers alone, and nobody can get onto a broker to read them.",
  fix: "Turn one of cloudwatchLogs, s3 and firehose on in loggingInfo.brokerLogs.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_80" },
    { name: "AwsSolutions", id: "MSK6" },
  ],
  types: [KAFKA_CLUSTER],
  check: (cluster) => [
    judge(cluster, `${cluster.name} keeps the logs of its brokers to itself`, unlessAnyOn(cluster, LOGS, "brokerLogs go nowhere")),
  ],
});
