import { KAFKA_SPELLINGS } from "../../../../facts/msk";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { BROKER_TYPE, isExpress } from "../../../lib/stores/kafka";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const PROPERTY = "kafkaVersion";

/** It has no default: the provider asks for it. */
export const kafkaVersionIsKnown = resourceRule({
  id: "kafka-version-is-known",
  title: "Every Kafka cluster has a version as MSK spells it, that new clusters can have and its brokers run",
  severity: "high",
  why: "MSK names versions in its own way (3.9.x.kraft, not 3.9.0), ends old ones, and runs only some on Express brokers; it refuses the others.",
  fix: `Set ${PROPERTY} to a current version such as 3.9.x.kraft.`,
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html"],
  frameworks: [],
  types: [KAFKA_CLUSTER],
  check: (cluster) => [refused(cluster, findings(cluster))],
});

function findings(cluster: Resource): Finding[] {
  const reading = read(cluster, PROPERTY);
  if (reading.state === "absent") return [{ what: `${PROPERTY} is absent`, property: PROPERTY }];
  const version = text(reading);
  if (version === undefined) return [notKnown(PROPERTY)];
  const { versions, ended, express } = KAFKA_SPELLINGS;
  if (!versions.test(version)) return [{ what: `${PROPERTY} is ${version}, which MSK does not know`, property: PROPERTY }];
  if (ended.test(version)) return [{ what: `${PROPERTY} is ${version}, which new clusters cannot have`, property: PROPERTY }];
  if (express.test(version)) return [];
  const isOne = isExpress(cluster);
  if (isOne === undefined) return [notKnown(BROKER_TYPE)];
  return isOne ? [{ what: `${PROPERTY} is ${version}, which Express brokers do not run`, property: PROPERTY }] : [];
}
