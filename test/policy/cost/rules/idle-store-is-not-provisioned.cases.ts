import { idleStoreIsNotProvisioned as rule } from "../../../../policy/cost/rules/idle-store-is-not-provisioned";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { id, type Input, type Inputs } from "../../stack";

const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const DATABASE = "aws:rds/instance:Instance";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const TABLE = "aws:dynamodb/table:Table";
const BROKER = "aws:mq/broker:Broker";

function of(type: string, inputs: Inputs, durable: Input = false): Given {
  return (stack) => stack.add(type, "store", inputs, stack.add("strata:stacks:Platform", "dev", { durable }));
}

function aurora(cluster: Inputs, member: Inputs = { instanceClass: "db.serverless" }): Given {
  return (stack) => {
    const owner = stack.add("strata:stacks:Platform", "dev", { durable: false });
    const made = stack.add("aws:rds/cluster:Cluster", "orders", cluster, owner);
    return stack.add(MEMBER, "writer", { clusterIdentifier: id(made), ...member }, owner);
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with one small instance": of(DATABASE, { engine: "postgres", instanceClass: "db.t4g.micro", multiAz: false }),
    "with an engine that has no small class": of(DATABASE, { engine: "sqlserver-ee", instanceClass: "db.m5.xlarge" }),
    "with a cluster that may pause": aurora({ serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 2 } }),
    "with a table paid by use": of(TABLE, { billingMode: "PAY_PER_REQUEST" }),
    "with one small broker": of(BROKER, { hostInstanceType: "mq.t3.micro" }),
    "with the smallest RabbitMQ": of(BROKER, { hostInstanceType: "mq.m7g.medium" }),
    "with a tag that says why": of(CACHE, { nodeType: "cache.m7g.large", tags: { "strata:because": "load tests run here" } }),
  },
  fail: {
    "with a standby": {
      given: of(DATABASE, { instanceClass: "db.t4g.micro", multiAz: true }),
      says: /store is paid for while nobody uses it: it has a standby/,
    },
    "with a large instance": {
      given: of(DATABASE, { engine: "postgres", instanceClass: "db.m7g.large" }),
      says: /db.m7g.large, which is not burstable/,
    },
    "with a cluster that never pauses": {
      given: aurora({ serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 2 } }),
      says: /never falls below 0.5 capacity units/,
    },
    "with an instance of Aurora that is not serverless": {
      given: aurora({}, { instanceClass: "db.r7g.large" }),
      says: /and not db.serverless/,
    },
    "with a cache of two nodes": { given: of(CACHE, { nodeType: "cache.t4g.micro", numCacheClusters: 2 }), says: /2 nodes/ },
    "with a pair of brokers": {
      given: of(BROKER, { hostInstanceType: "mq.t3.micro", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" }),
      says: /deploymentMode is ACTIVE_STANDBY_MULTI_AZ/,
    },
    "with nodes of a warehouse": {
      given: of("aws:redshift/cluster:Cluster", { nodeType: "ra3.xlplus" }),
      says: /Redshift Serverless costs nothing/,
    },
    "with a search domain of three": {
      given: of("aws:opensearch/domain:Domain", { clusterConfig: { instanceCount: 3, instanceType: "t3.small.search" } }),
      says: /3 instances/,
    },
    "with brokers that are not burstable": {
      given: of("aws:msk/cluster:Cluster", { brokerNodeGroupInfo: { instanceType: "kafka.m7g.large" } }),
      says: /kafka.m7g.large/,
    },
  },
  absent: {
    "with a table that names no mode, which is provisioned": { given: of(TABLE, { readCapacity: 5 }), says: /provisioned/ },
    "in a durable environment": { given: of(DATABASE, { multiAz: true }, true), says: "nothing" },
    "where nothing says that a stack is not durable": {
      given: (stack) => stack.add(CACHE, "store", { numCacheClusters: 3 }),
      says: "nothing",
    },
    "with a database without a standby": { given: of(DATABASE, { instanceClass: "db.t4g.micro" }), says: "pass" },
  },
  unknown: {
    "while it is not known whether the environment is durable": of(DATABASE, { multiAz: true }, UNKNOWN),
    "while the standby is not known": of(DATABASE, { multiAz: UNKNOWN, instanceClass: "db.t4g.micro" }),
    "while the engine of a large one is not known": of(DATABASE, { engine: UNKNOWN, instanceClass: "db.m7g.large" }),
    "while the least capacity is not known": aurora({ serverlessv2ScalingConfiguration: UNKNOWN }),
    "while the mode of a table is not known": of(TABLE, { billingMode: UNKNOWN }),
  },
  mutations: {
    "a cache that is not durable has two nodes": (stack) => stack.set(stack.one("strata:persistence:Cache"), "durable", false),
    "a broker that is not durable is a pair": (stack) => stack.set(stack.one("strata:persistence:MessageBroker"), "durable", false),
  },
};
