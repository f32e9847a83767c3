import { plainName } from "../line";
import { timedLines, utc } from "./timed-lines";

// Amazon MSK developer guide, "Apache Kafka logging" (2026-11): the cluster's name and UUID are one folder.
const KEY = /(?:^|\/)AWSLogs\/\d{12}\/KafkaBrokerLogs\/[a-z0-9-]+\/(.+?)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-\d+)?\//;
const LINE = /^\[(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3})\] /;

/** What brokers of MSK say, with their stack traces. */
export const BROKER_LOG = timedLines({
  source: "msk",
  service: (key) => {
    const name = KEY.exec(key)?.[1];
    return name === undefined ? undefined : plainName(name);
  },
  continues: true,
  clock: () => (line) => {
    const [, date, time, milliseconds] = LINE.exec(line) ?? [];
    return utc(`${date}T${time}.${milliseconds}Z`);
  },
});
