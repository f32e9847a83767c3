import { MQ_MANAGED_VERSIONS } from "../../../../facts/amazon-mq";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { mqEngine } from "../../../lib/stores/brokers";
import { BROKER } from "../../../lib/stores/store-rule";

const PROPERTY = "engineVersion";

/** The version has no default: the provider asks for it. */
export const brokerVersionIsKnown = resourceRule({
  id: "broker-version-is-known",
  title: "Every message broker has a version that Amazon MQ still makes, named by two numbers",
  severity: "high",
  why: "Amazon MQ chooses the patch itself: it refuses a version with a third number, and one that has ended.",
  fix: `Set ${PROPERTY} to a current version such as 5.18 (ActiveMQ) or 4.2 (RabbitMQ).`,
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_208" }],
  types: [BROKER],
  check: (broker) => [refused(broker, findings(broker))],
});

function findings(broker: Resource): Finding[] {
  const reading = read(broker, PROPERTY);
  if (reading.state === "absent") return [{ what: `${PROPERTY} is absent`, property: PROPERTY }];
  const [version, engine] = [text(reading), mqEngine(broker)];
  if (version === undefined) return [notKnown(PROPERTY)];
  if (engine === undefined) return [notKnown("engineType")];
  const [major = Number.NaN, minor = 0, ...patch] = version.split(".").map(Number);
  const { first, newest } = MQ_MANAGED_VERSIONS[engine];
  if (isBelow(major, minor, first))
    return [{ what: `${PROPERTY} is ${version}, and ${engine} begins with ${first.join(".")}`, property: PROPERTY }];
  const newer = !isBelow(newest[0], newest[1], [major, minor]);
  return [
    ...(newer ? [] : [{ what: `${engine} ${version} is newer than what is known here`, property: PROPERTY, unknown: true }]),
    ...(patch.length > 0 ? [{ what: `${PROPERTY} is ${version}; the patch is not yours to choose`, property: PROPERTY }] : []),
  ];
}

function isBelow(major: number, minor: number, [otherMajor = 0, otherMinor = 0]: readonly number[]): boolean {
  return Number.isNaN(major) || major < otherMajor || (major === otherMajor && minor < otherMinor);
}
