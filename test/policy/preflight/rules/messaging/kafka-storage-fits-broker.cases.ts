import { UNKNOWN } from "../../../../../policy/lib/resource";
import { kafkaStorageFitsBroker as rule } from "../../../../../policy/preflight/rules/messaging/kafka-storage-fits-broker";
import { type Given, type RuleCases } from "../../../cases";
import type { Input, Inputs } from "../../../stack";

const CLUSTER = "aws:msk/cluster:Cluster";

function cluster(instanceType: Input, ebsStorageInfo?: Inputs, inputs: Inputs = {}): Given {
  const info = { instanceType, ...(ebsStorageInfo && { storageInfo: { ebsStorageInfo } }) };
  return (stack) => stack.add(CLUSTER, "orders", { brokerNodeGroupInfo: info, ...inputs });
}

const fast = (volumeThroughput: number): Inputs => ({ volumeSize: 1000, provisionedThroughput: { enabled: true, volumeThroughput } });

export const cases: RuleCases = {
  rule,
  pass: {
    "of standard brokers with a volume": cluster("kafka.m7g.large", { volumeSize: 100 }),
    "of large ones with throughput": cluster("kafka.m5.4xlarge", fast(250)),
    "of Express ones": cluster("express.m7g.large"),
  },
  fail: {
    "of Express ones with a volume": {
      given: cluster("express.m7g.large", { volumeSize: UNKNOWN }),
      says: /Express ones, and storageInfo is set/,
    },
    "with a volume that is too large": { given: cluster("kafka.m7g.large", { volumeSize: 20_000 }), says: /1 to 16384 GiB/ },
    "of small ones with throughput": { given: cluster("kafka.m7g.large", fast(250)), says: /which kafka\.m7g\.large cannot use/ },
    "with too little throughput": { given: cluster("kafka.m5.4xlarge", fast(100)), says: /250 to 2375 MiB/ },
    "of the smallest with tiers": { given: cluster("kafka.t3.small", undefined, { storageMode: "TIERED" }), says: /storageMode is TIERED/ },
  },
  absent: { "without a volume, which MSK chooses": { given: cluster("kafka.m7g.large"), says: "pass" } },
  unknown: {
    "while nobody knows whether the smallest have tiers": cluster("kafka.t3.small", undefined, { storageMode: UNKNOWN }),
    "while the size is not known": cluster("kafka.m7g.large", { volumeSize: UNKNOWN }),
    "while the type is not known": cluster(UNKNOWN, { volumeSize: 100 }),
  },
  mutations: {
    "the brokers become Express ones and keep their volumes": (stack) =>
      stack.set(stack.one(CLUSTER), ["brokerNodeGroupInfo", "instanceType"], "express.m7g.large"),
    "a volume is larger than MSK has": {
      change: (stack) => stack.set(stack.one(CLUSTER), ["brokerNodeGroupInfo", "storageInfo", "ebsStorageInfo", "volumeSize"], 50_000),
      also: ["environment-fits-its-budget"],
    },
  },
};
