import { unlessAnyOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const LOGS = ["cloudwatchLogs", "s3", "firehose"].map((way) => `logDelivery.workerLogDelivery.${way}.enabled`);

export const connectorPublishesLogs = resourceRule({
  id: "connector-publishes-logs",
  title: "Every Kafka connector publishes the logs of its workers",
  severity: "medium",
  why: "A connector that fails says so in the logs of its workers alone; without them records are missing, and nothing tells since when or why.",
  fix: "Turn one of cloudwatchLogs, s3 and firehose on in logDelivery.workerLogDelivery.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-logging.html"],
  frameworks: [{ name: "FSBP", id: "MSK.5" }],
  types: ["aws:mskconnect/connector:Connector"],
  check: (connector) => [
    judge(connector, `${connector.name} keeps the logs of its workers to itself`, unlessAnyOn(connector, LOGS, "their logs go nowhere")),
  ],
});
