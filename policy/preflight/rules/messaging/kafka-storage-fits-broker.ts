import { KAFKA_THROUGHPUT, MSK_LIMITS } from "../../../../facts/msk";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessWithin } from "../../../lib/settings/amounts";
import { isAmong, unlessLeftOut, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { BROKER_TYPE, isExpress } from "../../../lib/stores/kafka";
import { KAFKA_CLUSTER } from "../../../lib/stores/store-rule";

const MODE = "storageMode";
const STORAGE = "brokerNodeGroupInfo.storageInfo";
const VOLUME = `${STORAGE}.ebsStorageInfo`;
const SIZE = `${VOLUME}.volumeSize`;
const THROUGHPUT = `${VOLUME}.provisionedThroughput`;

/** Left out, MSK gives a standard broker a volume of its own choice, and an Express broker never has one. */
export const kafkaStorageFitsBroker = resourceRule({
  id: "kafka-storage-fits-broker",
  title: "Standard brokers have a volume of a size that MSK takes, and Express brokers have none",
  severity: "high",
  why: "MSK refuses a volume for Express brokers, whose storage grows by itself, one that is too large, and throughput that small brokers can't use.",
  fix: `Drop ${STORAGE} with express types; else set volumeSize to 1 to 16384 GiB, and provisionedThroughput only from 4xlarge on.`,
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-storage-management.html"],
  frameworks: [],
  types: [KAFKA_CLUSTER],
  check: (cluster) => [refused(cluster, findings(cluster))],
});

function findings(cluster: Resource): readonly Finding[] {
  const express = isExpress(cluster);
  const tiered = isAmong(read(cluster, MODE), ["TIERED"]);
  const asked = isSet(cluster, STORAGE);
  if (express === undefined) return asked || tiered !== false ? [notKnown(BROKER_TYPE)] : [];
  if (express) {
    return [
      ...unlessLeftOut(cluster, STORAGE, "its brokers are Express ones, and storageInfo is set"),
      ...unlessLeftOut(cluster, MODE, `its brokers are Express ones, and ${MODE} is set`),
    ];
  }
  const type = text(read(cluster, BROKER_TYPE)) ?? "";
  return [
    ...unlessWithin(cluster, SIZE, MSK_LIMITS.storageGib, "GiB"),
    ...throughput(cluster, type),
    ...(type === "kafka.t3.small" ? where(tiered, MODE, [{ what: `${MODE} is TIERED, which ${type} does not have`, property: MODE }]) : []),
  ];
}

function throughput(cluster: Resource, type: string): Finding[] {
  const on = readFlag(cluster, `${THROUGHPUT}.enabled`, false);
  if (on === false) return [];
  const { sizes, least, most } = KAFKA_THROUGHPUT;
  const small = sizes.test(type) ? [] : [{ what: `provisionedThroughput is on, which ${type} cannot use`, property: THROUGHPUT }];
  const found = [...small, ...unlessWithin(cluster, `${THROUGHPUT}.volumeThroughput`, { least, most }, "MiB/s")];
  return on === undefined && found.length > 0 ? [notKnown(`${THROUGHPUT}.enabled`)] : found;
}
