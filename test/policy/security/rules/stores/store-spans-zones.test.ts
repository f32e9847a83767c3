import assert from "node:assert/strict";
import { storeSpansZones as rule } from "../../../../../policy/security/rules/stores/store-spans-zones";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { id, type Input, type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

function on(type: string, inputs: Inputs): string {
  return verdictOn(rule, new TestStack().add(type, "store", inputs));
}

/** A type with inputs that span zones, inputs that don't, and one that is not known yet. */
const STORES: readonly (readonly [type: string, spans: Inputs, fails: Inputs, unknown: Inputs])[] = [
  ["aws:rds/instance:Instance", { multiAz: true }, { multiAz: false }, { multiAz: UNKNOWN }],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { numCacheClusters: 2, multiAzEnabled: true, automaticFailoverEnabled: true },
    { numCacheClusters: 2, multiAzEnabled: true },
    { numCacheClusters: UNKNOWN, multiAzEnabled: true, automaticFailoverEnabled: true },
  ],
  [
    "aws:elasticache/replicationGroup:ReplicationGroup",
    { numNodeGroups: 3, replicasPerNodeGroup: 1, multiAzEnabled: true, automaticFailoverEnabled: true },
    { numNodeGroups: 3, replicasPerNodeGroup: 0, multiAzEnabled: true, automaticFailoverEnabled: true },
    { replicasPerNodeGroup: 1, multiAzEnabled: UNKNOWN, automaticFailoverEnabled: true },
  ],
  [
    "aws:elasticache/cluster:Cluster",
    { engine: "memcached", numCacheNodes: 2, azMode: "cross-az" },
    { engine: "memcached", numCacheNodes: 2 },
    { engine: "memcached", numCacheNodes: 2, azMode: UNKNOWN },
  ],
  ["aws:memorydb/cluster:Cluster", {}, { numReplicasPerShard: 0 }, { numReplicasPerShard: UNKNOWN }],
  [
    "aws:msk/cluster:Cluster",
    { brokerNodeGroupInfo: { clientSubnets: ["a", "b", "c"] } },
    { brokerNodeGroupInfo: { clientSubnets: ["a"] } },
    { brokerNodeGroupInfo: { clientSubnets: UNKNOWN } },
  ],
  ["aws:mq/broker:Broker", { deploymentMode: "CLUSTER_MULTI_AZ" }, {}, { deploymentMode: UNKNOWN }],
  ["aws:redshift/cluster:Cluster", { multiAz: true }, {}, { multiAz: UNKNOWN }],
  ["aws:redshiftserverless/workgroup:Workgroup", { subnetIds: ["a", "b", "c"] }, { subnetIds: ["a"] }, {}],
  [
    "aws:opensearch/domain:Domain",
    { clusterConfig: { zoneAwarenessEnabled: true } },
    { clusterConfig: { instanceCount: 2 } },
    { clusterConfig: UNKNOWN },
  ],
];

describe("every durable store spans zones", () => {
  for (const [type, spans, fails, unknown] of STORES)
    it(`${type} with ${JSON.stringify(spans)} passes, else fails, and is not evaluated while that is not known`, () => {
      assert.equal(on(type, spans), "pass");
      assert.match(on(type, fails), /^fail: store does not span zones: /);
      assert.match(on(type, unknown), /^not evaluated/);
      const stack = new TestStack();
      const dev = stack.add("strata:stacks:Platform", "dev", { durable: false });
      assert.equal(verdictOn(rule, stack.add(type, "store", fails, dev), stack.resources), "nothing");
    });

  it("asks One Zone file systems, and nothing of tables, buckets and serverless caches, which AWS spreads", () => {
    assert.equal(on("aws:efs/fileSystem:FileSystem", {}), "pass");
    assert.match(on("aws:efs/fileSystem:FileSystem", { availabilityZoneName: "us-east-1a" }), /^fail: .* One Zone/);
    for (const type of ["aws:dynamodb/table:Table", "aws:s3/bucket:Bucket", "aws:elasticache/serverlessCache:ServerlessCache"])
      assert.equal(on(type, {}), "nothing");
  });

  it("fails a Redis node that is no replication group", () => {
    assert.match(on("aws:elasticache/cluster:Cluster", { engine: "redis" }), /^fail/);
  });
});

describe("every durable store spans zones: clusters of instances", () => {
  function cluster(zones: readonly Input[], inputs: Inputs = {}, known = true): string {
    const stack = new TestStack(known);
    const made = stack.add("aws:rds/cluster:Cluster", "orders", inputs);
    for (const [index, availabilityZone] of zones.entries())
      stack.add("aws:rds/clusterInstance:ClusterInstance", `orders-${index}`, { clusterIdentifier: id(made), availabilityZone });
    return verdictOn(rule, made, stack.resources);
  }

  it("pass with a reader, also before they exist, and fail with a writer alone or with none", () => {
    for (const known of [true, false]) {
      assert.equal(cluster([null, null], {}, known), "pass");
      assert.match(cluster([null], {}, known), /^fail: .* it has one instance/);
      assert.match(cluster([], {}, known), /^fail: .* it has no instance/);
    }
    assert.equal(cluster([], { dbClusterInstanceClass: "db.m6gd.large" }), "pass");
  });

  it("fail when all their instances name the same zone, and are not evaluated while the zone is not known", () => {
    assert.equal(cluster(["us-east-1a", "us-east-1b"]), "pass");
    assert.match(cluster(["us-east-1a", "us-east-1a"]), /^fail: .* all its instances stand in us-east-1a$/);
    assert.match(cluster([UNKNOWN, UNKNOWN]), /^not evaluated: availabilityZone/);
    assert.match(cluster([UNKNOWN, "us-east-1a"]), /^not evaluated/);
  });
});
