import { instanceRunsOnGraviton as rule } from "../../../../policy/cost/rules/instance-runs-on-graviton";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const DATABASE = "aws:rds/instance:Instance";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const GROUP = "aws:autoscaling/group:Group";
const BROKER = "aws:mq/broker:Broker";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "store", inputs);
}

const overrides = (...types: string[]): Inputs => ({
  mixedInstancesPolicy: { launchTemplate: { overrides: types.map((instanceType) => ({ instanceType })) } },
});

export const cases: RuleCases = {
  rule,
  pass: {
    "with a cache on Graviton": of(CACHE, { nodeType: "cache.m7g.large" }),
    "with an engine that has no Graviton": of(DATABASE, { engine: "sqlserver-se", instanceClass: "db.m5.large" }),
    "with a size that Graviton does not have": of(DATABASE, { engine: "postgres", instanceClass: "db.r5.24xlarge" }),
    "with a family of its own kind": of("aws:ec2/instance:Instance", { instanceType: "m5dn.large" }),
    "with ActiveMQ": of(BROKER, { engineType: "ActiveMQ", hostInstanceType: "mq.m5.large" }),
    "with hosts of both": of(GROUP, overrides("m7g.large", "m7i.large")),
    "with a tag that says why": of(CACHE, { nodeType: "cache.m5.large", tags: { "strata:because": "reserved until June" } }),
    "with a previous generation, which is another rule's matter": of(CACHE, { nodeType: "cache.m4.large" }),
    "with a serverless instance": of("aws:rds/clusterInstance:ClusterInstance", { engine: "aurora-mysql", instanceClass: "db.serverless" }),
  },
  fail: {
    "with a cache on x86": {
      given: of(CACHE, { nodeType: "cache.m5.large" }),
      says: /store runs on x86: cache.m5.large, by nodeType, has the sibling cache.m7g.large/,
    },
    "with a database on x86": { given: of(DATABASE, { engine: "postgres", instanceClass: "db.r6i.2xlarge" }), says: /db.r7g.2xlarge/ },
    "with RabbitMQ on x86": { given: of(BROKER, { engineType: "RabbitMQ", hostInstanceType: "mq.m5.large" }), says: /mq.m7g.large/ },
    "with brokers of Kafka on x86": {
      given: of("aws:msk/cluster:Cluster", { brokerNodeGroupInfo: { instanceType: "kafka.m5.xlarge" } }),
      says: /kafka.m7g.xlarge/,
    },
    "with a search domain on x86": {
      given: of("aws:opensearch/domain:Domain", { clusterConfig: { instanceType: "r5.large.search" } }),
      says: /r7g.large.search/,
    },
    "with hosts of x86 alone": { given: of(GROUP, overrides("m7i.large", "c7i.large")), says: /m7g.large.*c7g.large/ },
  },
  absent: {
    "with nodes that name no type, which is t3.medium": {
      given: of(NODES, {}),
      says: /t3.medium, by instanceTypes, has the sibling t4g.medium/,
    },
    "with nodes whose template says it": { given: of(NODES, { launchTemplate: { id: "lt-1", version: "1" } }), says: "nothing" },
    "with hosts whose template says it": { given: of(GROUP, {}), says: "nothing" },
  },
  unknown: {
    "while the type is not known": of(CACHE, { nodeType: UNKNOWN }),
    "while the engine is not known": of(DATABASE, { engine: UNKNOWN, instanceClass: "db.m5.large" }),
    "while one of the types is not known": of(GROUP, overrides("m7i.large", UNKNOWN)),
  },
  mutations: {
    "the cache runs on x86": (stack) => stack.set(stack.one(CACHE), "nodeType", "cache.m5.large"),
    "the hosts are x86": (stack) =>
      stack.set(stack.one(GROUP), ["mixedInstancesPolicy", "launchTemplate", "overrides"], [{ instanceType: "m7i.large" }]),
  },
};
