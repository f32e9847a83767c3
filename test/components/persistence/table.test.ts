import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { z } from "zod";
import { ConfigError, faultLine } from "../../../components/faults";
import { policyDocument } from "../../../components/iam";
import { LayerKey } from "../../../components/persistence/layer-key";
import { ServiceTable, type ServiceTableArgs, tableFaults } from "../../../components/persistence/table";
import { type TableDeclaration } from "../../../components/persistence/table-declaration";
import { type Binding } from "../../../components/service/binding";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { withMoto } from "../../services/moto";
import { asRole } from "../service/permissions";

const TABLE = "aws:dynamodb/table:Table";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";
const DURABLE = { ...TEST_CONTEXT, durable: true };

const DECLARATION: TableDeclaration = {
  attributes: { customer: "S", placed: "N", state: "S", total: "N" },
  partitionKey: "customer",
  sortKey: "placed",
  globalIndexes: [{ name: "by-state", partitionKey: "state", sortKey: "placed", projection: ["total"] }],
  localIndexes: [{ name: "by-total", partitionKey: "customer", sortKey: "total", projection: "KEYS_ONLY" }],
  expires: "until",
  stream: "NEW_IMAGE",
};

function args(change: Partial<ServiceTableArgs> = {}): ServiceTableArgs {
  return {
    context: TEST_CONTEXT,
    tableName: "orders",
    declaration: DECLARATION,
    keyArn: KEY,
    capacity: { mode: "on-demand", maximumReads: 400, maximumWrites: 200 },
    recoveryDays: 14,
    ...change,
  };
}

const rendered = (given: ServiceTableArgs) => recordProgram((options) => new ServiceTable("orders-table", given, options));
const inputsOf = async (given: ServiceTableArgs) => only(await rendered(given), TABLE).inputs;

describe("a table", () => {
  it("has the keys, the indexes, the expiry and the stream that were declared", async () => {
    const inputs = await inputsOf(args());
    assert.deepEqual([inputs["hashKey"], inputs["rangeKey"]], ["customer", "placed"]);
    assert.deepEqual(inputs["attributes"], [
      { name: "customer", type: "S" },
      { name: "placed", type: "N" },
      { name: "state", type: "S" },
      { name: "total", type: "N" },
    ]);
    assert.deepEqual(inputs["localSecondaryIndexes"], [{ name: "by-total", projectionType: "KEYS_ONLY", rangeKey: "total" }]);
    assert.deepEqual(inputs["ttl"], { attributeName: "until", enabled: true });
    assert.deepEqual([inputs["streamEnabled"], inputs["streamViewType"]], [true, "NEW_IMAGE"]);
  });

  it("is paid by the request up to a cap, and so is each global index", async () => {
    const inputs = await inputsOf(args());
    const cap = { maxReadRequestUnits: 400, maxWriteRequestUnits: 200 };
    assert.equal(inputs["billingMode"], "PAY_PER_REQUEST");
    assert.deepEqual(inputs["onDemandThroughput"], cap);
    assert.deepEqual(inputs["globalSecondaryIndexes"], [
      {
        name: "by-state",
        projectionType: "INCLUDE",
        nonKeyAttributes: ["total"],
        hashKey: "state",
        rangeKey: "placed",
        onDemandThroughput: cap,
      },
    ]);
  });

  it("is encrypted with the customer's key, under a name that never blocks its recreation", async () => {
    const inputs = await inputsOf(args());
    assert.deepEqual(inputs["serverSideEncryption"], { enabled: true, kmsKeyArn: KEY });
    assert.equal(inputs["name"], undefined);
  });

  it("is kept in a durable environment: protected, retained, recoverable to any moment, tagged for the backups", async () => {
    const table = only(await rendered(args({ context: DURABLE })), TABLE);
    assert.deepEqual([table.protect, table.retainOnDelete, table.inputs["deletionProtectionEnabled"]], [true, true, true]);
    assert.deepEqual(table.inputs["pointInTimeRecovery"], { enabled: true, recoveryPeriodInDays: 14 });
    assert.deepEqual(table.inputs["tags"], { "strata:backup": "copied" });
  });

  it("can be thrown away in an environment that is not", async () => {
    const table = only(await rendered(args()), TABLE);
    assert.deepEqual([table.protect, table.inputs["deletionProtectionEnabled"], table.inputs["tags"]], [false, false, undefined]);
    assert.deepEqual(table.inputs["pointInTimeRecovery"], { enabled: false });
  });

  it("with provisioned capacity follows its use: table and index, reads and writes", async () => {
    const capacity = { mode: "provisioned", reads: { minimum: 5, maximum: 50 }, writes: { minimum: 2, maximum: 20 } } as const;
    const resources = await rendered(args({ capacity }));
    const { inputs, outputs } = only(resources, TABLE);
    assert.deepEqual([inputs["billingMode"], inputs["readCapacity"], inputs["writeCapacity"]], ["PROVISIONED", 5, 2]);
    const targets = resources.filter(({ type }) => type === "aws:appautoscaling/target:Target").map((target) => target.inputs);
    const name = String(outputs["name"]);
    assert.deepEqual(
      targets.map((target) => [target["resourceId"], target["scalableDimension"], target["minCapacity"], target["maxCapacity"]]),
      [
        [`table/${name}`, "dynamodb:table:ReadCapacityUnits", 5, 50],
        [`table/${name}`, "dynamodb:table:WriteCapacityUnits", 2, 20],
        [`table/${name}/index/by-state`, "dynamodb:index:ReadCapacityUnits", 5, 50],
        [`table/${name}/index/by-state`, "dynamodb:index:WriteCapacityUnits", 2, 20],
      ],
    );
    const policies = resources.filter(({ type }) => type === "aws:appautoscaling/policy:Policy");
    assert.equal(policies.length, 4);
  });

  it("is written in other regions too, with the stream that carries it and a key of each", async () => {
    const replicas = [{ region: "eu-west-1", keyArn: KEY.replace("us-east-1", "eu-west-1") }];
    const inputs = await inputsOf(args({ context: DURABLE, declaration: { ...DECLARATION, stream: undefined }, replicas }));
    assert.equal(inputs["streamViewType"], "NEW_AND_OLD_IMAGES");
    assert.deepEqual(inputs["replicas"], [
      {
        regionName: "eu-west-1",
        kmsKeyArn: KEY.replace("us-east-1", "eu-west-1"),
        pointInTimeRecovery: true,
        deletionProtectionEnabled: true,
        propagateTags: true,
      },
    ]);
  });

  it("is restored from a moment, from the last one, or from a backup", async () => {
    const source = "arn:aws:dynamodb:us-east-1:111122223333:table/old";
    const moment = await inputsOf(args({ restoreFrom: { source, at: "2026-11-23T10:00:00Z" } }));
    assert.deepEqual(
      [moment["restoreSourceTableArn"], moment["restoreDateTime"], moment["restoreToLatestTime"]],
      [source, "2026-11-23T10:00:00Z", undefined],
    );
    const latest = await inputsOf(args({ restoreFrom: { source, at: "latest" } }));
    assert.deepEqual([latest["restoreDateTime"], latest["restoreToLatestTime"]], [undefined, true]);
    const backup = `${source}/backup/01489602797149-73d8d5bc`;
    assert.equal((await inputsOf(args({ restoreFrom: { snapshot: backup } })))["restoreBackupArn"], backup);
  });

  it("says everything that is wrong with its arguments at once", async () => {
    const wrong = args({
      capacity: { mode: "provisioned", reads: { minimum: 9, maximum: 3 }, writes: { minimum: 1, maximum: 3 }, targetUtilization: 95 },
      recoveryDays: 36,
      replicas: [{ region: "eu-west-1", keyArn: KEY }],
      restoreFrom: { snapshot: "arn:aws:backup:us-east-1:111122223333:recovery-point:1" },
    });
    assert.deepEqual(
      tableFaults("orders", wrong).map((fault) => faultLine(fault).split(":")[0]),
      ["orders.reads", "orders.targetUtilization", "orders.recoveryDays", "orders.stream", "orders.restoreFrom.snapshot"],
    );
    await assert.rejects(rendered(wrong), ConfigError);
  });

  describe("bound to a service", () => {
    const consumer = { name: "shop", securityGroupId: pulumi.output("sg-shop") };
    const WRITES = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"];
    const READS = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"];

    interface Bound {
      readonly resources: PlannedResource[];
      readonly values: Record<string, string>;
      readonly table: PlannedResource;
      readonly key: string;
    }

    /** A table, another one beside it with the same key, and a role that is given what the first one's binding says. */
    async function bound(access: "read" | "write", declaration = DECLARATION): Promise<Bound> {
      let values: Record<string, string> = {};
      const resources = await recordProgram((options) => {
        const key = new LayerKey("data", { context: TEST_CONTEXT, description: "test", services: [] }, options);
        const table = new ServiceTable("orders-table", args({ keyArn: key.arn, declaration }), options);
        new ServiceTable("other-table", args({ keyArn: key.arn }), options);
        const binding: Binding = table.bind(consumer, access);
        assert.deepEqual([binding.kind, binding.access, binding.ready], ["table", access, []]);
        const role = new aws.iam.Role("shop", { assumeRolePolicy: "{}" }, { provider: options.providers.aws });
        new aws.iam.RolePolicy(
          "shop",
          { role: role.name, policy: policyDocument(binding.statements) },
          { provider: options.providers.aws },
        );
        pulumi.output(binding.variables).apply((known) => (values = known));
      });
      const table = only(resources, TABLE, "orders-table");
      return { resources, values, table, key: String(only(resources, "aws:kms/key:Key").outputs["arn"]) };
    }

    it("tells it the name in DynamoDB", async () => {
      const { values, table } = await bound("read");
      assert.deepEqual(values, { ORDERS_TABLE: table.outputs["name"] });
    });

    it("as a reader lets it read this table and its indexes, and nothing else, as IAM evaluates it", async () => {
      const { resources, table, key } = await bound("read");
      const ask = asRole(resources, "shop");
      const arn = String(table.outputs["arn"]);
      const other = String(only(resources, TABLE, "other-table").outputs["arn"]);
      const viaDynamo = { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" };
      for (const action of READS) {
        assert.equal(await ask({ action, resource: arn }), "Allowed", action);
        assert.equal(await ask({ action, resource: other }), "ImplicitlyDenied", action);
      }
      assert.equal(await ask({ action: "dynamodb:Query", resource: `${arn}/index/by-state` }), "Allowed");
      assert.equal(await ask({ action: "dynamodb:Query", resource: `${other}/index/by-state` }), "ImplicitlyDenied");
      for (const action of [...WRITES, "dynamodb:DeleteTable", "dynamodb:UpdateTable"])
        assert.equal(await ask({ action, resource: arn }), "ImplicitlyDenied", action);
      assert.equal(await ask({ action: "kms:Decrypt", resource: key, context: viaDynamo }), "Allowed");
      assert.equal(await ask({ action: "kms:GenerateDataKey", resource: key, context: viaDynamo }), "ImplicitlyDenied");
      assert.equal(await ask({ action: "kms:Decrypt", resource: key }), "ImplicitlyDenied");
      const viaSecrets = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };
      assert.equal(await ask({ action: "kms:Decrypt", resource: key, context: viaSecrets }), "ImplicitlyDenied");
    });

    it("as a writer lets it read and write, and still not change the table", async () => {
      const { resources, table, key } = await bound("write");
      const ask = asRole(resources, "shop");
      const arn = String(table.outputs["arn"]);
      for (const action of [...READS, ...WRITES]) assert.equal(await ask({ action, resource: arn }), "Allowed", action);
      for (const action of ["dynamodb:DeleteTable", "dynamodb:UpdateTable", "dynamodb:CreateBackup", "dynamodb:PutResourcePolicy"])
        assert.equal(await ask({ action, resource: arn }), "ImplicitlyDenied", action);
      const context = { "kms:ViaService": "dynamodb.us-east-1.amazonaws.com" };
      assert.equal(await ask({ action: "kms:GenerateDataKey", resource: key, context }), "Allowed");
    });

    it("says nothing of indexes when there are none", async () => {
      const { resources, table } = await bound("read", { ...DECLARATION, globalIndexes: [], localIndexes: [] });
      const resource = `${String(table.outputs["arn"])}/index/any`;
      assert.equal(await asRole(resources, "shop")({ action: "dynamodb:Query", resource }), "ImplicitlyDenied");
    });

    it("is the same for a table that exists already", async () => {
      let values: unknown;
      const ids = {
        tableName: "orders",
        name: "old",
        arn: "arn:aws:dynamodb:us-east-1:111122223333:table/old",
        keyArn: KEY,
        region: "us-east-1",
      };
      const resources = await recordProgram(() => {
        pulumi
          .output(ServiceTable.adopt({ ...ids, hasIndexes: false }).bind(consumer, "read").variables)
          .apply((known) => (values = known));
      });
      assert.deepEqual(values, { ORDERS_TABLE: "old" });
      assert.ok(resources.every(({ type }) => !type.startsWith("aws:")));
    });

    it("refuses an access that tables do not have", () => {
      const table = ServiceTable.adopt({ tableName: "orders", name: "n", arn: "a", keyArn: KEY, region: "us-east-1", hasIndexes: false });
      assert.throws(() => table.bind(consumer, "consume"), /shop cannot consume table orders; give read or write/);
    });
  });

  it("hands a transform to the table", async () => {
    const inputs = await inputsOf(args({ transform: { table: { tableClass: "STANDARD_INFREQUENT_ACCESS" } } }));
    assert.equal(inputs["tableClass"], "STANDARD_INFREQUENT_ACCESS");
  });
});

/** A table as it was rendered. */
const Rendered = z.object({
  hashKey: z.string(),
  rangeKey: z.string(),
  billingMode: z.literal("PAY_PER_REQUEST"),
  attributes: z.array(z.object({ name: z.string(), type: z.enum(["S", "N", "B"]) })),
  globalSecondaryIndexes: z.array(
    z.object({ name: z.string(), hashKey: z.string(), rangeKey: z.string(), nonKeyAttributes: z.array(z.string()) }),
  ),
  localSecondaryIndexes: z.array(z.object({ name: z.string(), rangeKey: z.string() })),
  ttl: z.object({ attributeName: z.string(), enabled: z.boolean() }),
});

/** What DynamoDB's own API is asked for such a table. */
function createInput({ inputs, outputs }: PlannedResource): CreateTableCommandInput {
  const table = Rendered.parse(inputs);
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ];
  return {
    TableName: String(outputs["name"]),
    BillingMode: table.billingMode,
    KeySchema: keys(table.hashKey, table.rangeKey),
    AttributeDefinitions: table.attributes.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    GlobalSecondaryIndexes: table.globalSecondaryIndexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keys(index.hashKey, index.rangeKey),
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: index.nonKeyAttributes },
    })),
    LocalSecondaryIndexes: table.localSecondaryIndexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keys(table.hashKey, index.rangeKey),
      Projection: { ProjectionType: "KEYS_ONLY" },
    })),
  };
}

describe("a table on an emulated DynamoDB", () => {
  const moto = withMoto();

  it("is accepted as it was rendered: its keys, its indexes and its expiry answer", async () => {
    const planned = only(await rendered(args()), TABLE);
    const client = new DynamoDBClient(moto().client);
    const request = createInput(planned);
    const { TableName } = request;
    await client.send(new CreateTableCommand(request));
    const { ttl } = Rendered.parse(planned.inputs);
    await client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: ttl.attributeName, Enabled: ttl.enabled } }),
    );
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    assert.deepEqual(Table?.KeySchema, request.KeySchema);
    assert.deepEqual(
      [...(Table?.GlobalSecondaryIndexes ?? []), ...(Table?.LocalSecondaryIndexes ?? [])].map(({ IndexName }) => IndexName),
      ["by-state", "by-total"],
    );
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    assert.deepEqual(TimeToLiveDescription, { AttributeName: "until", TimeToLiveStatus: "ENABLED" });

    const Item = { customer: { S: "c1" }, placed: { N: "1" }, state: { S: "open" }, total: { N: "12" }, until: { N: "4102444800" } };
    await client.send(new PutItemCommand({ TableName, Item }));
    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: "by-state",
        KeyConditionExpression: "#state = :open",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":open": { S: "open" } },
      }),
    );
    assert.deepEqual(Items?.[0]?.["total"], { N: "12" });
    client.destroy();
  });
});
