import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { AuroraPostgres, type AuroraPostgresArgs } from "../../../components/persistence/aurora-postgres";
import { type Binding } from "../../../components/service/binding";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";

function args(change: Partial<AuroraPostgresArgs> = {}): AuroraPostgresArgs {
  return {
    context: TEST_CONTEXT,
    databaseName: "orders",
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2"],
    keyArn: KEY,
    capacity: { minimum: 0, maximum: 4 },
    pauseAfter: 600_000,
    readers: 0,
    backupDays: 1,
    ...change,
  };
}

const durable = (change: Partial<AuroraPostgresArgs> = {}) =>
  args({ context: { ...TEST_CONTEXT, durable: true }, readers: 1, backupDays: 14, ...change });

async function aurora(
  given: AuroraPostgresArgs,
  then: (database: AuroraPostgres) => unknown = () => undefined,
): Promise<PlannedResource[]> {
  return recordProgram((options) => then(new AuroraPostgres("orders-db", given, options)));
}

function finalSnapshot(resources: readonly PlannedResource[]): unknown {
  return only(resources, CLUSTER).inputs["finalSnapshotIdentifier"];
}

describe("Aurora PostgreSQL", () => {
  it("is encrypted with the customer's key, in the isolated subnets, with a password that only Secrets Manager knows", async () => {
    const { inputs } = only(await aurora(args()), CLUSTER);
    assert.equal(inputs["storageEncrypted"], true);
    assert.equal(inputs["kmsKeyId"], KEY);
    assert.equal(inputs["masterUserSecretKmsKeyId"], KEY);
    assert.equal(inputs["manageMasterUserPassword"], true);
    assert.equal(inputs["masterPassword"], undefined);
    assert.equal(inputs["iamDatabaseAuthenticationEnabled"], true);
  });

  it("accepts only TLS", async () => {
    const { inputs } = only(await aurora(args()), "aws:rds/clusterParameterGroup:ClusterParameterGroup");
    assert.deepEqual(inputs["parameters"], [{ name: "rds.force_ssl", value: "1" }]);
  });

  it("pauses only with a least capacity of 0, because AWS refuses the pause otherwise", async () => {
    const scaling = async (minimum: number) =>
      only(await aurora(args({ capacity: { minimum, maximum: 4 } })), CLUSTER).inputs["serverlessv2ScalingConfiguration"];
    assert.deepEqual(await scaling(0), { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 600 });
    assert.deepEqual(await scaling(2), { minCapacity: 2, maxCapacity: 4 });
  });

  it("is kept in a durable environment: protected, retained, backed up, with a last snapshot and more than one instance", async () => {
    const resources = await aurora(durable());
    const cluster = only(resources, CLUSTER);
    assert.deepEqual([cluster.protect, cluster.retainOnDelete], [true, true]);
    assert.equal(cluster.inputs["deletionProtection"], true);
    assert.equal(cluster.inputs["skipFinalSnapshot"], false);
    assert.equal(cluster.inputs["backupRetentionPeriod"], 14);
    const instances = resources.filter(({ type }) => type === INSTANCE);
    assert.deepEqual(instances.map(({ name }) => name).sort(), ["orders-db-reader-1", "orders-db-writer"]);
    for (const { inputs, protect } of instances)
      assert.deepEqual([inputs["publiclyAccessible"], protect, inputs["monitoringInterval"]], [false, true, 60]);
  });

  it("can be thrown away in an environment that is not", async () => {
    const cluster = only(await aurora(args()), CLUSTER);
    assert.deepEqual([cluster.protect, cluster.retainOnDelete, cluster.inputs["skipFinalSnapshot"]], [false, undefined, true]);
  });

  it("names its last snapshot anew for every life, and for every change that replaces it inside one", async () => {
    const first = finalSnapshot(await aurora(durable()));
    assert.match(String(first), /^orders-db-final-sg-0[0-9a-f]{16}-[0-9a-f]{8}$/);
    assert.equal(finalSnapshot(await aurora(durable({ backupDays: 20 }))), first, "a change in place keeps it");
    assert.notEqual(finalSnapshot(await aurora(durable({ keyArn: KEY.replace("1111-4", "2222-4") }))), first);
    assert.notEqual(finalSnapshot(await aurora(durable({ databaseName: "other" }))), first);
  });

  describe("bound to a service", () => {
    const consumer = { name: "orders", securityGroupId: pulumi.output("sg-orders") };

    async function bound(
      access: "read" | "write",
      adopted = false,
    ): Promise<{ binding: Binding; resources: PlannedResource[]; values: Record<string, string>; statements: unknown }> {
      let binding: Binding | undefined;
      let values: Record<string, string> = {};
      let statements: unknown;
      const resources = await recordProgram((options) => {
        const ids = {
          endpoint: "old.example",
          readerEndpoint: "old-ro.example",
          databaseName: "orders",
          securityGroupId: "sg-old",
          secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:old",
          keyArn: KEY,
        };
        const database = adopted ? AuroraPostgres.adopt("orders-db", ids) : new AuroraPostgres("orders-db", args(), options);
        binding = database.bind(consumer, access);
        pulumi.output(binding.variables).apply((known) => (values = known));
        pulumi.output(binding.statements).apply((known) => (statements = known));
      });
      assert.ok(binding);
      return { binding, resources, values, statements };
    }

    it("lets exactly that service in, on the database's port, by a rule on each side", async () => {
      const { resources } = await bound("write");
      const rules = resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
      assert.equal(rules.length, 2);
      for (const { inputs } of rules) {
        assert.deepEqual([inputs["fromPort"], inputs["toPort"], inputs["ipProtocol"], inputs["cidrIpv4"]], [5432, 5432, "tcp", undefined]);
        assert.ok([inputs["referencedSecurityGroupId"], inputs["securityGroupId"]].includes("sg-orders"));
      }
    });

    it("sends a writer to the writer and a reader to the readers", async () => {
      const writer = (await bound("write")).values;
      const reader = (await bound("read")).values;
      assert.match(writer["ORDERS_DB_HOST"] ?? "", /\.cluster-[0-9a-f]+\./);
      assert.match(reader["ORDERS_DB_HOST"] ?? "", /\.cluster-ro-/);
    });

    it("grants reading the one secret, and decrypting only for it", async () => {
      const { statements, values } = await bound("write");
      assert.deepEqual(statements, [
        { Sid: "ReadSecret", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: values["ORDERS_DB_SECRET_ARN"] },
        {
          Sid: "DecryptSecret",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KEY,
          Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": values["ORDERS_DB_SECRET_ARN"] } },
        },
      ]);
    });

    it("waits for the rules and the instances, without which its first request would be refused", async () => {
      const { binding } = await bound("write");
      assert.equal(binding.ready.length, 3);
    });

    it("is the same for a cluster that exists already, of which nothing is made", async () => {
      const { resources, values } = await bound("write", true);
      assert.equal(values["ORDERS_DB_HOST"], "old.example");
      assert.deepEqual(
        resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).map(({ type }) => type.split(":").at(-1)),
        ["SecurityGroupIngressRule", "SecurityGroupEgressRule"],
      );
    });
  });

  it("hands a transform to each child", async () => {
    const bent = { tags: { bent: "yes" } };
    const resources = await aurora(args({ transform: { cluster: bent, instance: bent, securityGroup: bent, parameterGroup: bent } }));
    for (const type of [CLUSTER, INSTANCE, "aws:ec2/securityGroup:SecurityGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup"])
      assert.deepEqual(only(resources, type).inputs["tags"], bent.tags, type);
  });
});
