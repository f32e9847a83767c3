import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

/** Absent is on; serverless clusters have no choice. */
export const kafkaEncryptsBetweenBrokers = resourceRule({
  id: "kafka-encrypts-between-brokers",
  title: "Every Kafka cluster encrypts what its brokers say to each other",
  severity: "medium",
  why: "Every message crosses the network once for each copy; without it they do so in the clear, and it can't be turned on later.",
  fix: "Leave encryptionInfo.encryptionInTransit.inCluster on; a cluster made without it must be made anew.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html"],
  frameworks: [
    { name: "FSBP", id: "MSK.1" },
    { name: "Checkov", id: "CKV_AWS_81" },
    { name: "AwsSolutions", id: "MSK3" },
  ],
  types: [KAFKA_CLUSTER],
  check: (cluster) => [
    judge(
      cluster,
      `${cluster.name} copies messages in the clear`,
      unlessOn(cluster, "encryptionInfo.encryptionInTransit.inCluster", true, "inCluster is off"),
    ),
  ],
});
