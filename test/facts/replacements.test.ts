import fc from "fast-check";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BACKUP_TYPES } from "../../facts/backup-types";
import { DYNAMODB_LIMITS, DYNAMODB_RECOVERY_DAYS } from "../../facts/limits-dynamodb";
import {
  isBaseCapacity,
  REDSHIFT_BASE_CAPACITY,
  REDSHIFT_MULTI_AZ_NODES,
  REDSHIFT_NODE_TYPES,
  REDSHIFT_SERVERLESS_ZONES,
} from "../../facts/redshift";
import { REPLACEMENTS, replacingChanges, STATEFUL_TYPES } from "../../facts/replacements";
import { canAsk, replacing } from "../../facts/replacements/conditions";
import { type Fact } from "../../facts/row";
import { makePlan } from "../../plan/plan";
import { ROOT } from "../harness";

const TABLES: Readonly<Record<string, readonly Fact[]>> = {
  replacements: Object.values(REPLACEMENTS),
  "backup-types": Object.values(BACKUP_TYPES),
  "limits-dynamodb": [...Object.values(DYNAMODB_LIMITS), DYNAMODB_RECOVERY_DAYS],
  redshift: [...REDSHIFT_NODE_TYPES, REDSHIFT_BASE_CAPACITY, REDSHIFT_MULTI_AZ_NODES, REDSHIFT_SERVERLESS_ZONES],
};

const RDS = "aws:rds/cluster:Cluster";

const changed = (type: string, before: Record<string, unknown>, after: Record<string, unknown>) =>
  replacingChanges(type, before, after).map(({ path }) => path);

describe("facts about stores", () => {
  for (const [name, rows] of Object.entries(TABLES))
    it(`${name}: every row says where it is from and when it was read`, () => {
      assert.ok(rows.length > 0);
      for (const { source, date } of rows) {
        assert.match(source, /^https:\/\//);
        assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
      }
    });
});

/** A login of a service is made anew by the function that makes its user, and must go with the need. */
const MADE_ANEW = /strata:persistence:(ServiceUsers|StoreLogin)\$/;

describe("what replaces a resource", () => {
  it("is known for types that the provider has, each with at least one property, none listed twice", () => {
    for (const [type, { properties }] of Object.entries(REPLACEMENTS)) {
      const [, file = ""] = type.split(":");
      assert.ok(existsSync(join(ROOT, "node_modules/@pulumi/aws", `${file}.d.ts`)), type);
      const paths = properties.map(({ path }) => path);
      assert.ok(paths.length > 0, type);
      assert.deepEqual([...new Set(paths)], paths, type);
    }
  });

  it("is known for every stateful resource of prod, which are those that the program protects there", async () => {
    const { resources } = (await makePlan(ROOT, "prod")).document;
    const types = resources.filter(({ type, protect }) => type.startsWith("aws:") && protect).map(({ type }) => type);
    assert.ok(types.length > 0);
    for (const type of new Set(types)) assert.ok(STATEFUL_TYPES.has(type), type);
  });

  it("is known to be stateful of nothing in the stores of prod that the program does not protect", async () => {
    const { resources } = (await makePlan(ROOT, "prod")).document;
    const stores = resources.filter(
      ({ urn, type }) => urn.includes("strata:persistence:") && STATEFUL_TYPES.has(type) && !MADE_ANEW.test(urn),
    );
    assert.ok(stores.length > 0);
    for (const { urn, protect } of stores) assert.ok(protect, urn);
  });

  it("is a change of the property, and of nothing beside it", () => {
    const cluster = { engine: "aurora-postgresql", engineVersion: "17.5", kmsKeyId: "a", tags: { x: "1" } };
    assert.deepEqual(changed(RDS, cluster, { ...cluster, kmsKeyId: "b" }), ["kmsKeyId"]);
    assert.deepEqual(changed(RDS, cluster, { ...cluster, engineVersion: "17.6", tags: {} }), []);
    assert.deepEqual(changed(RDS, cluster, { ...cluster, engine: "aurora-mysql", databaseName: "new" }), ["databaseName", "engine"]);
  });

  it("is found inside a block, whether the block is an object or a list of one", () => {
    const msk = (groups: string[]) => ({ brokerNodeGroupInfo: { securityGroups: groups, instanceType: "kafka.m7g.large" } });
    assert.deepEqual(changed("aws:msk/cluster:Cluster", msk(["sg-1"]), msk(["sg-2"])), ["brokerNodeGroupInfo.securityGroups"]);
    const eks = (ipFamily: string) => ({ kubernetesNetworkConfig: [{ ipFamily }] });
    assert.deepEqual(changed("aws:eks/cluster:Cluster", eks("ipv4"), eks("ipv6")), ["kubernetesNetworkConfig.ipFamily"]);
  });

  it("says under which condition, when not every change does it", () => {
    const [property] = replacingChanges("aws:msk/cluster:Cluster", { kafkaVersion: "3.9.x" }, { kafkaVersion: "3.6.0" });
    assert.equal(property?.when, "it goes down, or from ZooKeeper to KRaft");
  });

  it("is nothing between two inputs that are the same, in whatever order their keys are", () => {
    const reordered = (value: Record<string, unknown>) => Object.fromEntries(Object.entries(value).reverse());
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(REPLACEMENTS)), fc.dictionary(fc.string(), fc.jsonValue()), (type, inputs) => {
        assert.deepEqual(replacingChanges(type, inputs, reordered(inputs)), []);
      }),
    );
  });

  it("is nothing for a type that is not known", () => {
    assert.deepEqual(changed("aws:sagemaker/domain:Domain", { name: "a" }, { name: "b" }), []);
  });
});

describe("the base capacity of Redshift Serverless", () => {
  it("is 4, or 8 to 512 in steps of 8", () => {
    const known = Array.from({ length: 600 }, (_, rpu) => rpu).filter(isBaseCapacity);
    assert.deepEqual(known, [4, ...Array.from({ length: 64 }, (_, step) => 8 * (step + 1))]);
  });
});

describe("when a property replaces a resource", () => {
  it("can be asked wherever facts say that not every change does", () => {
    for (const [type, { properties }] of Object.entries(REPLACEMENTS))
      for (const { path, when } of properties) assert.equal(canAsk(type, path), when !== undefined, `${type} ${path}`);
  });

  it("is answered by the values before and after", () => {
    const replaced = (type: string, before: Record<string, unknown>, after: Record<string, unknown>) =>
      replacing(type, before, after).map(({ path }) => path);
    const cache = "aws:elasticache/replicationGroup:ReplicationGroup";
    assert.deepEqual(replaced(cache, { engine: "redis" }, { engine: "valkey" }), []);
    assert.deepEqual(replaced(cache, { engine: "valkey" }, { engine: "redis" }), ["engine"]);
    const cluster = "aws:eks/cluster:Cluster";
    assert.deepEqual(replaced(cluster, {}, { encryptionConfig: { resources: ["secrets"] } }), []);
    assert.deepEqual(replaced(cluster, { encryptionConfig: { resources: ["secrets"] } }, {}), ["encryptionConfig"]);
    const domain = "aws:opensearch/domain:Domain";
    const encrypted = (enabled: boolean, engineVersion: string) => ({ engineVersion, encryptAtRest: { enabled } });
    assert.deepEqual(replaced(domain, encrypted(false, "OpenSearch_2.17"), encrypted(true, "OpenSearch_2.17")), []);
    assert.deepEqual(replaced(domain, encrypted(false, "Elasticsearch_6.5"), encrypted(true, "Elasticsearch_6.5")), [
      "encryptAtRest.enabled",
    ]);
    assert.deepEqual(replaced(domain, encrypted(true, "OpenSearch_2.17"), encrypted(false, "OpenSearch_2.17")), ["encryptAtRest.enabled"]);
    assert.deepEqual(replaced("aws:msk/topic:Topic", { partitionCount: 12 }, { partitionCount: 24 }), []);
    assert.deepEqual(replaced("aws:msk/topic:Topic", { partitionCount: 12 }, { partitionCount: 9 }), ["partitionCount"]);
  });
});
