import assert from "node:assert/strict";
import { type AuroraKind } from "../../../../components/persistence/relational/engines";
import { only } from "../../../harness";
import { database, type Wish } from "./databases";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

const cluster = async (wish: Wish = {}, kind: AuroraKind = "aurora-postgres") => only((await database(kind, wish)).resources, CLUSTER);

describe("Aurora cluster", () => {
  it("is encrypted with the customer's key, in the isolated subnets, with a master password that only Secrets Manager knows", async () => {
    const { resources } = await database("aurora-postgres");
    const { inputs } = only(resources, CLUSTER);
    const key = only(resources, "aws:kms/key:Key", "persistence").outputs["arn"];
    assert.equal(inputs["storageEncrypted"], true);
    assert.equal(inputs["kmsKeyId"], key);
    assert.equal(inputs["masterUserSecretKmsKeyId"], key);
    assert.equal(inputs["manageMasterUserPassword"], true);
    assert.equal(inputs["masterPassword"], undefined);
    assert.equal(inputs["databaseName"], undefined, "a database that RDS makes would tie its name to the cluster's life");
    assert.equal(inputs["iamDatabaseAuthenticationEnabled"], true);
    const subnets = only(resources, "aws:rds/subnetGroup:SubnetGroup").inputs["subnetIds"];
    assert.deepEqual(subnets, only(resources, "awsx:ec2:Vpc").outputs["isolatedSubnetIds"]);
  });

  it("accepts only TLS, in the words of each engine", async () => {
    const parameters = async (kind: AuroraKind) =>
      only((await database(kind)).resources, "aws:rds/clusterParameterGroup:ClusterParameterGroup").inputs;
    assert.deepEqual((await parameters("aurora-postgres"))["parameters"], [{ name: "rds.force_ssl", value: "1" }]);
    const mysql = await parameters("aurora-mysql");
    assert.equal(mysql["family"], "aurora-mysql8.0");
    assert.ok(JSON.stringify(mysql["parameters"]).includes('{"name":"require_secure_transport","value":"ON"}'));
  });

  it("pauses only with a least capacity of 0, because AWS refuses the pause otherwise", async () => {
    const scaling = async (minimum: number) =>
      (await cluster({ aurora: { capacity: { minimum, maximum: 4, pauseAfter: 600_000 } } })).inputs["serverlessv2ScalingConfiguration"];
    assert.deepEqual(await scaling(0), { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 600 });
    assert.deepEqual(await scaling(2), { minCapacity: 2, maxCapacity: 4 });
  });

  it("can be provisioned, with I/O-Optimized storage, and then has a class and no scaling", async () => {
    const { resources } = await database("aurora-mysql", {
      durable: true,
      aurora: { capacity: { instanceClass: "db.r7g.large" }, storage: "io-optimized" },
    });
    const { inputs } = only(resources, CLUSTER);
    assert.equal(inputs["serverlessv2ScalingConfiguration"], undefined);
    assert.equal(inputs["storageType"], "aurora-iopt1");
    for (const instance of resources.filter(({ type }) => type === INSTANCE))
      assert.equal(instance.inputs["instanceClass"], "db.r7g.large");
  });

  it("is kept in a durable environment: protected, retained, backed up, with a last snapshot and more than one instance", async () => {
    const { resources } = await database("aurora-postgres", { durable: true });
    const { inputs, protect, retainOnDelete } = only(resources, CLUSTER);
    assert.deepEqual([protect, retainOnDelete], [true, true]);
    assert.equal(inputs["deletionProtection"], true);
    assert.equal(inputs["skipFinalSnapshot"], false);
    assert.equal(inputs["backupRetentionPeriod"], 14);
    const instances = resources.filter(({ type }) => type === INSTANCE);
    assert.deepEqual(instances.map(({ name }) => name).sort(), ["orders-db-reader-1", "orders-db-writer"]);
    for (const instance of instances)
      assert.deepEqual([instance.inputs["publiclyAccessible"], instance.protect, instance.inputs["monitoringInterval"]], [false, true, 60]);
  });

  it("can be thrown away in an environment that is not", async () => {
    const { inputs, protect, retainOnDelete } = await cluster();
    assert.deepEqual([protect, retainOnDelete, inputs["skipFinalSnapshot"]], [false, undefined, true]);
  });

  it("names its last snapshot anew for every life, and for every change that replaces it inside one", async () => {
    const name = async (wish: Wish, kind: AuroraKind = "aurora-postgres") =>
      (await cluster({ durable: true, ...wish }, kind)).inputs["finalSnapshotIdentifier"];
    const first = await name({});
    assert.match(String(first), /^orders-db-final-sg-0[0-9a-f]{16}-[0-9a-f]{8}$/);
    assert.equal(await name({ aurora: { backupDays: 20 } }), first, "a change in place keeps it");
    assert.notEqual(await name({ aurora: { keyArn: "arn:aws:kms:us-east-1:111122223333:key/other" } }), first);
    assert.notEqual(await name({ aurora: { restoreFrom: "before-the-fire" } }), first);
    assert.notEqual(await name({}, "aurora-mysql"), first);
  });

  it("starts from a snapshot when told to", async () => {
    assert.equal((await cluster({ aurora: { restoreFrom: "before-the-fire" } })).inputs["snapshotIdentifier"], "before-the-fire");
  });

  it("lets RDS install minor versions unless it is given one, and Aurora MySQL stay on its long-term support release", async () => {
    const automatic = async (kind: AuroraKind, version?: string) =>
      only((await database(kind, { aurora: { version } })).resources, INSTANCE).inputs["autoMinorVersionUpgrade"];
    assert.deepEqual(
      [await automatic("aurora-postgres"), await automatic("aurora-postgres", "17.6"), await automatic("aurora-mysql")],
      [true, false, false],
    );
  });

  it("becomes the first of a global database when asked", async () => {
    const { resources } = await database("aurora-postgres", { aurora: { global: true } });
    const global = only(resources, "aws:rds/globalCluster:GlobalCluster");
    assert.equal(global.inputs["storageEncrypted"], true);
    assert.equal(only(resources, CLUSTER).inputs["globalClusterIdentifier"], "test-orders-db");
    await assert.rejects(
      database("aurora-postgres", { aurora: { global: true, capacity: { instanceClass: "db.t4g.medium" } } }),
      /cannot be part of a global database, got "db.t4g.medium"; give a class of the r family/,
    );
  });

  it("reaches every child with its transform", async () => {
    const { resources } = await database("aurora-postgres", {
      consumers: [{ name: "orders", access: "write" }],
      aurora: {
        transform: {
          cluster: { deletionProtection: true },
          instance: { promotionTier: 7 },
          securityGroup: { description: "Bent" },
          parameterGroup: { description: "Bent" },
          secret: { recoveryWindowInDays: 9 },
        },
      },
    });
    assert.equal(only(resources, CLUSTER).inputs["deletionProtection"], true);
    assert.equal(only(resources, INSTANCE).inputs["promotionTier"], 7);
    assert.equal(only(resources, "aws:ec2/securityGroup:SecurityGroup", "orders-db").inputs["description"], "Bent");
    assert.equal(only(resources, "aws:rds/clusterParameterGroup:ClusterParameterGroup").inputs["description"], "Bent");
    assert.equal(only(resources, "aws:secretsmanager/secret:Secret").inputs["recoveryWindowInDays"], 9);
  });
});
