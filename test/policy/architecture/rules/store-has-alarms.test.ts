import assert from "node:assert/strict";
import { storeHasAlarms as rule } from "../../../../policy/architecture/rules/store-has-alarms";
import { type StackResource, UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Inputs, Ref, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const INSTANCE = "aws:rds/instance:Instance";

/** The verdict on a store of a type, with what it is called and one alarm. */
function on(type: string, outputs: Record<string, string>, alarm: Inputs): string {
  const stack = new TestStack();
  const store = stack.add(type, "orders", {}, undefined, outputs);
  stack.add(ALARM, "one", alarm);
  return verdictOn(rule, store, stack.resources);
}

describe("every store has an alarm", () => {
  const cases: readonly (readonly [type: string, output: string, dimensions: Inputs])[] = [
    [INSTANCE, "identifier", { DBInstanceIdentifier: "orders-1" }],
    ["aws:rds/cluster:Cluster", "clusterIdentifier", { DBClusterIdentifier: "orders-1", Role: "WRITER" }],
    ["aws:dynamodb/table:Table", "name", { TableName: "orders-1" }],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "replicationGroupId", { CacheClusterId: "orders-1-001", CacheNodeId: "0001" }],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "replicationGroupId", { CacheClusterId: "orders-1-0002-001" }],
    ["aws:elasticache/serverlessCache:ServerlessCache", "name", { clusterId: "orders-1" }],
    ["aws:msk/cluster:Cluster", "clusterName", { "Cluster Name": "orders-1", "Broker ID": "1" }],
    ["aws:msk/serverlessCluster:ServerlessCluster", "clusterName", { "Cluster Name": "orders-1" }],
    ["aws:mq/broker:Broker", "brokerName", { Broker: "orders-1-2" }],
    ["aws:redshift/cluster:Cluster", "clusterIdentifier", { ClusterIdentifier: "orders-1" }],
    ["aws:redshiftserverless/workgroup:Workgroup", "workgroupName", { Workgroup: "orders-1" }],
    ["aws:opensearch/domain:Domain", "domainName", { DomainName: "orders-1", ClientId: "111122223333" }],
    ["aws:memorydb/cluster:Cluster", "name", { ClusterName: "orders-1" }],
  ];
  for (const [type, output, dimensions] of cases)
    it(`${type} passes with one whose dimensions are ${JSON.stringify(dimensions)}, and fails with one about another`, () => {
      assert.equal(on(type, { [output]: "orders-1" }, { dimensions }), "pass");
      const other = Object.fromEntries(Object.keys(dimensions).map((key) => [key, "orders-11"]));
      assert.equal(on(type, { [output]: "orders-1" }, { dimensions: other }), "fail: no alarm in the stack watches orders");
      assert.match(on(type, { [output]: "orders-1" }, {}), /^fail/);
    });

  it("reads the metrics that an alarm computes with, and its queries", () => {
    const names = { identifier: "orders-1" };
    const metric = { namespace: "AWS/RDS", metricName: "CPUUtilization", dimensions: { DBInstanceIdentifier: "orders-1" } };
    assert.equal(
      on(INSTANCE, names, {
        metricQueries: [
          { id: "sum", expression: "a / b" },
          { id: "a", metric },
        ],
      }),
      "pass",
    );
    const query = (name: string): Inputs => ({
      metricQueries: [
        {
          id: "q",
          expression: `SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/RDS", DBInstanceIdentifier) WHERE DBInstanceIdentifier = '${name}'`,
        },
      ],
    });
    assert.equal(on(INSTANCE, names, query("orders-1")), "pass");
    assert.match(on(INSTANCE, names, query("orders-11")), /^fail/);
  });

  it("counts an alarm on an instance for its cluster", () => {
    const stack = new TestStack();
    const cluster = stack.add("aws:rds/cluster:Cluster", "orders");
    const writer = stack.add("aws:rds/clusterInstance:ClusterInstance", "writer", { clusterIdentifier: id(cluster) }, undefined, {
      identifier: "w-1",
    });
    stack.add(ALARM, "cpu", { dimensions: { DBInstanceIdentifier: new Ref(writer, "identifier") } });
    assert.equal(verdictOn(rule, cluster, stack.resources), "pass");
  });

  it("finds the store of a name that is not known yet by what the name is made from", () => {
    const stack = new TestStack(false);
    const [orders, billing]: StackResource[] = [stack.add(INSTANCE, "orders"), stack.add(INSTANCE, "billing")];
    assert.ok(orders && billing);
    stack.add(ALARM, "cpu", { dimensions: { DBInstanceIdentifier: new Ref(orders, "identifier") } });
    assert.equal(verdictOn(rule, orders, stack.resources), "pass");
    assert.match(verdictOn(rule, billing, stack.resources), /^fail/);
  });

  it("is not evaluated while what an alarm is about is not known and comes from nowhere", () => {
    const alarms: readonly Inputs[] = [
      { dimensions: UNKNOWN },
      { dimensions: { DBInstanceIdentifier: UNKNOWN } },
      { metricQueries: UNKNOWN },
    ];
    for (const alarm of alarms)
      assert.equal(on(INSTANCE, { identifier: "orders-1" }, alarm), "not evaluated: whether an alarm names it is not known yet");
  });

  it("asks nothing of buckets, file systems and replicas", () => {
    assert.equal(verdictOn(rule, new TestStack().add("aws:s3/bucket:Bucket", "media")), "nothing");
    assert.equal(verdictOn(rule, new TestStack().add(INSTANCE, "replica", { replicateSourceDb: "orders" })), "nothing");
  });
});
