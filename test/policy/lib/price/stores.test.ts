import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Inputs, type TestStack } from "../../stack";
import { dollars, east, priceIn, unknown, unpriced } from "./fixture";

const of = (type: string) => (inputs: Inputs) => (stack: TestStack) => stack.add(type, "store", inputs);

describe("what databases cost", () => {
  const instance = of("aws:rds/instance:Instance");
  const small: Inputs = { engine: "postgres", instanceClass: "db.t4g.micro", allocatedStorage: 20, storageType: "gp3" };

  it("is the instance and its storage, twice with a standby", () => {
    assert.deepEqual(east(instance(small)), { "hours of db.t4g.micro": 11.68, "gp3 storage": 2.3 });
    assert.deepEqual(east(instance({ ...small, multiAz: true, manageMasterUserPassword: true })), {
      "hours of db.t4g.micro": 23.36,
      "gp3 storage": 4.6,
      "secret of the master user": 0.4,
    });
    assert.deepEqual(unpriced(instance({ ...small, engine: "sqlserver-ee" })), [
      "hours of db.t4g.micro: the price of rds.sqlserver-ee.db.t4g.micro in us-east-1 is not among the facts",
    ]);
    const oracle = { ...small, engine: "oracle-se2", instanceClass: "db.t3.large" };
    assert.deepEqual(unknown(instance(oracle)), ["hours of db.t3.large: licenseModel"]);
    assert.deepEqual(east(instance({ ...oracle, licenseModel: "license-included" })), { "hours of db.t3.large": 219, "gp3 storage": 2.3 });
    assert.deepEqual(unknown(instance({ ...small, multiAz: UNKNOWN })), ["hours of db.t4g.micro: multiAz", "gp3 storage: multiAz"]);
  });

  it("is the least capacity of each serverless instance of Aurora, and nothing where it may pause", () => {
    const member =
      (cluster: Inputs, inputs: Inputs = {}) =>
      (stack: TestStack) =>
        stack.add("aws:rds/clusterInstance:ClusterInstance", "writer", {
          clusterIdentifier: id(stack.add("aws:rds/cluster:Cluster", "orders", cluster)),
          instanceClass: "db.serverless",
          ...inputs,
        });
    assert.deepEqual(east(member({ serverlessv2ScalingConfiguration: { minCapacity: 2, maxCapacity: 8 } })), {
      "Aurora capacity units": 175.2,
    });
    assert.deepEqual(
      east(member({ serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 8 }, storageType: "aurora-iopt1" })),
      { "Aurora capacity units": 56.94 },
    );
    assert.deepEqual(east(member({ serverlessv2ScalingConfiguration: { minCapacity: 0, maxCapacity: 2 } })), {});
    assert.deepEqual(east(member({}, { instanceClass: "db.t4g.medium" })), { "hours of db.t4g.medium": 53.29 });
    assert.deepEqual(unknown(member({ serverlessv2ScalingConfiguration: UNKNOWN })), [
      "Aurora capacity units: serverlessv2ScalingConfiguration.minCapacity",
    ]);
  });

  it("is the provisioned throughput of a table and its indexes", () => {
    const table = of("aws:dynamodb/table:Table");
    const index = { name: "byDay", readCapacity: 5, writeCapacity: 5 };
    assert.deepEqual(east(table({ billingMode: "PAY_PER_REQUEST" })), {});
    // 10 × 730 × 0.00013 $ and 10 × 730 × 0.00065 $.
    assert.deepEqual(east(table({ readCapacity: 5, writeCapacity: 5, globalSecondaryIndexes: [index] })), {
      "read capacity units": 0.949,
      "write capacity units": 4.745,
    });
    assert.deepEqual(unknown(table({ billingMode: UNKNOWN })), ["throughput: billingMode"]);
  });

  it("is the nodes of a warehouse, and nothing while a serverless one rests", () => {
    const warehouse = of("aws:redshift/cluster:Cluster");
    assert.deepEqual(east(warehouse({ nodeType: "ra3.4xlarge", numberOfNodes: 2 })), { "hours of ra3.4xlarge": 4759.6 });
    assert.deepEqual(east(warehouse({ nodeType: "ra3.4xlarge", numberOfNodes: 2, multiAz: true })), { "hours of ra3.4xlarge": 9519.2 });
    assert.deepEqual(east(of("aws:redshiftserverless/workgroup:Workgroup")({ baseCapacity: 8 })), {});
    assert.match(unpriced(warehouse({ nodeType: "ra3.xlplus" }), "eu-west-1").join(), /redshift\.ra3\.xlplus in eu-west-1/);
  });

  it("is the nodes of a search domain and their volumes", () => {
    const clusterConfig = { instanceType: "r6g.large.search", instanceCount: 3 };
    const ebsOptions = { ebsEnabled: true, volumeType: "gp3", volumeSize: 100 };
    // 3 × 730 × 0.167 $ and 300 GB × 0.122 $.
    assert.deepEqual(east(of("aws:opensearch/domain:Domain")({ clusterConfig, ebsOptions })), {
      "hours of r6g.large.search": 365.73,
      storage: 36.6,
    });
  });
});

describe("what caches, brokers and streams cost", () => {
  it("is the nodes of a cache", () => {
    const group = of("aws:elasticache/replicationGroup:ReplicationGroup");
    const node = { engine: "valkey", nodeType: "cache.m7g.large" };
    assert.deepEqual(east(group({ ...node, numCacheClusters: 2 })), { "hours of cache.m7g.large": 184.544 });
    assert.deepEqual(east(group({ ...node, numNodeGroups: 2, replicasPerNodeGroup: 1 })), { "hours of cache.m7g.large": 369.088 });
    assert.deepEqual(east(group({ nodeType: "cache.t4g.micro" })), { "hours of cache.t4g.micro": 11.68 });
    assert.deepEqual(east(of("aws:elasticache/cluster:Cluster")({ replicationGroupId: "group" })), {});
    assert.deepEqual(unknown(group({ ...node, numCacheClusters: UNKNOWN })), ["hours of cache.m7g.large: numCacheClusters"]);
  });

  it("is 0.1 GB of a serverless cache at the least", () => {
    const cache = of("aws:elasticache/serverlessCache:ServerlessCache");
    assert.deepEqual(east(cache({ engine: "valkey" })), { "data, at the least": 6.132 });
    assert.deepEqual(east(cache({ engine: "valkey", cacheUsageLimits: { dataStorage: { minimum: 2, unit: "GB" } } })), {
      "data, at the least": 122.64,
    });
    assert.match(unpriced(cache({ engine: "redis" })).join(), /redis/);
  });

  it("is the brokers of Kafka with their volumes", () => {
    const cluster = of("aws:msk/cluster:Cluster");
    const brokerNodeGroupInfo = { instanceType: "kafka.m7g.large", storageInfo: { ebsStorageInfo: { volumeSize: 100 } } };
    assert.deepEqual(east(cluster({ numberOfBrokerNodes: 3, brokerNodeGroupInfo })), { "hours of kafka.m7g.large": 446.76, storage: 30 });
    assert.deepEqual(dollars(priceIn("eu-west-1", cluster({ numberOfBrokerNodes: 3, brokerNodeGroupInfo }))), {});
    assert.deepEqual(east(of("aws:msk/serverlessCluster:ServerlessCluster")({})), { "hours of the cluster": 547.5 });
  });

  it("is a broker, a pair or three of them", () => {
    const broker = of("aws:mq/broker:Broker");
    const hostInstanceType = "mq.m5.large";
    assert.deepEqual(east(broker({ hostInstanceType })), { "hours of mq.m5.large": 210.24 });
    assert.deepEqual(east(broker({ hostInstanceType, deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" })), { "hours of mq.m5.large": 420.48 });
    assert.deepEqual(east(broker({ hostInstanceType, deploymentMode: "CLUSTER_MULTI_AZ" })), { "hours of mq.m5.large": 630.72 });
    assert.deepEqual(unknown(broker({ hostInstanceType, deploymentMode: UNKNOWN })), ["hours of mq.m5.large: deploymentMode"]);
    assert.match(unpriced(broker({ hostInstanceType: "mq.t2.micro" })).join(), /mq\.t2\.micro/);
  });

  it("says that shards of a stream have no price", () => {
    assert.match(unpriced(of("aws:kinesis/stream:Stream")({ shardCount: 2 })).join(), /kinesis\.shard/);
  });
});

describe("what volumes cost", () => {
  it("is their size, and what they may do above what every gp3 volume may", () => {
    const volume = of("aws:ebs/volume:Volume");
    assert.deepEqual(east(volume({ size: 100 })), { "gp2 storage": 10 });
    assert.deepEqual(east(volume({ size: 100, type: "gp3" })), { "gp3 storage": 8 });
    // 1,000 IOPS × 0.005 $ and 125 MiB/s × 0.04 $.
    assert.deepEqual(east(volume({ size: 100, type: "gp3", iops: 4000, throughput: 250 })), { "gp3 storage": 8, IOPS: 5, throughput: 5 });
    assert.deepEqual(east(volume({ size: 100, type: "io1", iops: 1000 })), { "io1 storage": 12.5, IOPS: 65 });
    assert.deepEqual(unknown(volume({ type: "gp3" })), ["gp3 storage: size"]);
  });

  it("is that of the claims of each pod, by the class they name", () => {
    const set = (inputs: Inputs) => (stack: TestStack) => {
      const parameters = { type: "gp3" };
      stack.add("kubernetes:storage.k8s.io/v1:StorageClass", "fast", {
        metadata: { name: "fast" },
        provisioner: "ebs.csi.aws.com",
        parameters,
      });
      const claim = { spec: { storageClassName: "fast", resources: { requests: { storage: "50Gi" } }, ...inputs } };
      return stack.add("kubernetes:apps/v1:StatefulSet", "loki", { spec: { replicas: 3, volumeClaimTemplates: [claim] } });
    };
    assert.deepEqual(east(set({})), { "gp3 storage": 12 });
    assert.deepEqual(unknown(set({ storageClassName: "elsewhere" })), ["EBS storage: spec.volumeClaimTemplates.spec.storageClassName"]);
  });
});

describe("what keys, secrets, alarms and dashboards cost", () => {
  it("is a price a month each", () => {
    assert.deepEqual(east(of("aws:kms/key:Key")({})), { key: 1 });
    assert.deepEqual(east(of("aws:secretsmanager/secret:Secret")({ replicas: [{ region: "eu-west-1" }] })), { secret: 0.8 });
    assert.deepEqual(east(of("aws:cloudwatch/dashboard:Dashboard")({})), { dashboard: 3 });
    assert.deepEqual(east(of("aws:cloudwatch/compositeAlarm:CompositeAlarm")({})), { alarm: 0.5 });
    assert.deepEqual(east(of("aws:wafv2/webAcl:WebAcl")({ rules: [{}, {}] })), { "web ACL": 5, rules: 2 });
  });

  it("is that of each metric an alarm reads, three times as much below a minute", () => {
    const alarm = of("aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual(east(alarm({ period: 300 })), { alarm: 0.1 });
    assert.deepEqual(east(alarm({ period: 10 })), { alarm: 0.3 });
    const metric = (period: number) => ({ id: "m", metric: { metricName: "Errors", period } });
    assert.deepEqual(east(alarm({ metricQueries: [metric(60), metric(60), { id: "e", expression: "m1 / m2" }] })), { alarm: 0.2 });
    assert.deepEqual(east(alarm({ metricQueries: [metric(10)] })), { alarm: 0.3 });
    assert.deepEqual(unknown(alarm({ metricQueries: UNKNOWN })), ["alarm: metricQueries"]);
    const query = priceIn("us-east-1", alarm({ metricQueries: [{ id: "q", expression: "SELECT SUM(Failed) FROM Jobs" }] }));
    assert.deepEqual(query.usage, ["metrics that its query reads"]);
  });
});
