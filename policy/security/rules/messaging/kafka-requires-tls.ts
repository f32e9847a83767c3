import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const PROPERTY = "encryptionInfo.encryptionInTransit.clientBroker";

/** Absent is TLS; serverless clusters have no choice. */
export const kafkaRequiresTls = resourceRule({
  id: "kafka-requires-tls",
  title: "Every Kafka cluster takes clients over TLS only",
  severity: "high",
  why: "Where the plain port is open beside the other, some client uses it, and its messages cross the network for all to read.",
  fix: "Set encryptionInfo.encryptionInTransit.clientBroker to TLS.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_81" },
    { name: "AwsSolutions", id: "MSK2" },
  ],
  types: [KAFKA_CLUSTER],
  check: (cluster) => [
    judge(
      cluster,
      `${cluster.name} takes clients in the clear`,
      unless(cluster, PROPERTY, { accepts: (value) => value === "TLS", absent: "fine", what: "clientBroker is not TLS" }),
    ),
  ],
});
