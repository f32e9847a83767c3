import { UNKNOWN } from "../../../../../policy/lib/resource";
import { kafkaConfigurationIsValid as rule } from "../../../../../policy/preflight/rules/messaging/kafka-configuration-is-valid";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { like } from "../../given";

const CONFIGURATION = "aws:msk/configuration:Configuration";
const configuration = (serverProperties: Input) => like(CONFIGURATION, { serverProperties })();

export const cases: RuleCases = {
  rule,
  pass: {
    "with settings": configuration("# topics\nauto.create.topics.enable = false\r\nlog.retention.hours=24\n\n"),
    "with replicas in sync": configuration("default.replication.factor=3\nmin.insync.replicas=2"),
  },
  fail: {
    "with a line that is none": {
      given: configuration("auto.create.topics.enable"),
      says: /the line "auto\.create\.topics\.enable" is no name=value/,
    },
    "with a setting of MSK's own": { given: configuration("listeners=PLAINTEXT://:9092"), says: /listeners is set, which MSK sets itself/ },
    "with a setting twice": { given: configuration("num.partitions=1\nnum.partitions=2"), says: /num\.partitions is set twice/ },
    "with more replicas in sync than there are": {
      given: configuration("default.replication.factor=2\nmin.insync.replicas=3"),
      says: /min\.insync\.replicas 3 is above default\.replication\.factor 2/,
    },
  },
  absent: {
    "without settings": { given: configuration(null), says: /serverProperties is absent/ },
    "without replicas, which MSK knows": { given: configuration("min.insync.replicas=2"), says: "pass" },
  },
  unknown: { "while they are not known": configuration(UNKNOWN) },
  mutations: {
    "the configuration sets the listeners": (stack) =>
      stack.set(stack.one(CONFIGURATION), "serverProperties", "auto.create.topics.enable=false\nadvertised.listeners=SSL://:9094\n"),
    "the configuration is written as YAML": (stack) =>
      stack.set(stack.one(CONFIGURATION), "serverProperties", "- auto.create.topics.enable\n"),
  },
};
