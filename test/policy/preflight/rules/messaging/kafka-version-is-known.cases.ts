import { UNKNOWN } from "../../../../../policy/lib/resource";
import { kafkaVersionIsKnown as rule } from "../../../../../policy/preflight/rules/messaging/kafka-version-is-known";
import { type RuleCases } from "../../../cases";
import type { Input } from "../../../stack";
import { like } from "../../given";

const CLUSTER = "aws:msk/cluster:Cluster";
const cluster = (kafkaVersion: Input, instanceType: Input = "kafka.m7g.large") =>
  like(CLUSTER, { kafkaVersion, brokerNodeGroupInfo: { instanceType } })();

export const cases: RuleCases = {
  rule,
  pass: {
    "of KRaft": cluster("3.9.x.kraft"),
    "of ZooKeeper": cluster("3.6.0"),
    "that is newer than what is known": cluster("4.1.x.kraft"),
    "that Express brokers run": cluster("3.9.x.kraft", "express.m7g.large"),
    "that all run, whatever the brokers are": cluster("3.9.x", UNKNOWN),
  },
  fail: {
    "in the spelling of Apache": { given: cluster("3.9"), says: /kafkaVersion is 3\.9, which MSK does not know/ },
    "with a patch that MSK chooses": { given: cluster("3.8.1.kraft"), says: /which MSK does not know/ },
    "that has ended": { given: cluster("2.8.1"), says: /which new clusters cannot have/ },
    "that Express brokers do not run": { given: cluster("3.7.x", "express.m7g.large"), says: /which Express brokers do not run/ },
  },
  absent: { "without one": { given: cluster(null), says: /kafkaVersion is absent/ } },
  unknown: {
    "while it is not known": cluster(UNKNOWN),
    "while the brokers decide and are not known": cluster("3.7.x", UNKNOWN),
  },
  mutations: {
    "the version is spelled as Apache does": (stack) => stack.set(stack.one(CLUSTER), "kafkaVersion", "3.9"),
    "the version is one that has ended": (stack) => stack.set(stack.one(CLUSTER), "kafkaVersion", "2.8.1"),
  },
};
