import { notKnown, unlessOff } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { elements, read, readFlag, type Resource, some } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const PROPERTY = "clientAuthentication";
const AUTHORITIES = `${PROPERTY}.tls.certificateAuthorityArns`;

/** A cluster that has no way to ask lets everybody in; serverless clusters always ask IAM. */
export const kafkaAsksWhoConnects = resourceRule({
  id: "kafka-asks-who-connects",
  title: "Every Kafka cluster asks who connects",
  severity: "high",
  why: "Whoever gets onto the network reads, writes and deletes every topic, and no log says who it was.",
  fix: "Turn clientAuthentication.sasl.iam on (or scram, or tls), and leave unauthenticated off.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html"],
  frameworks: [{ name: "FSBP", id: "MSK.6" }],
  types: [KAFKA_CLUSTER],
  check: (cluster) => [judge(cluster, `${cluster.name} lets everybody in`, findings(cluster))],
});

function findings(cluster: Resource): Finding[] {
  const open = unlessOff(cluster, `${PROPERTY}.unauthenticated`, false, "unauthenticated is on");
  if (open.length > 0) return open;
  const asks = some([
    readFlag(cluster, `${PROPERTY}.sasl.iam`, false),
    readFlag(cluster, `${PROPERTY}.sasl.scram`, false),
    // Which authority it is does not matter, only that there is one.
    ...elements(read(cluster, AUTHORITIES)).map(() => true),
  ]);
  if (asks === true) return [];
  return asks === undefined ? [notKnown(PROPERTY)] : [{ what: "it has no kind of clientAuthentication", property: PROPERTY }];
}
