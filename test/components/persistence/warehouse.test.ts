import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { ConfigError, faultLine } from "../../../components/faults";
import { policyDocument } from "../../../components/iam";
import { Warehouse, type WarehouseArgs } from "../../../components/persistence/warehouse";
import { type ProvisionedSize, type ServerlessSize, warehouseFaults } from "../../../components/persistence/warehouse-size";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { asRole, policiesOf } from "../service/permissions";

const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
const CLUSTER = "aws:redshift/cluster:Cluster";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";
const MSK = "arn:aws:kafka:us-east-1:111122223333:cluster/bus/22222222-2222-4222-a222-222222222222-1";
const DURABLE = { ...TEST_CONTEXT, durable: true };

const SERVERLESS: ServerlessSize = {
  mode: "serverless",
  baseCapacity: 8,
  maximumCapacity: 32,
  monthlyHours: 100,
  whenUsedUp: "deactivate",
};
const PROVISIONED: ProvisionedSize = {
  mode: "provisioned",
  nodeType: "ra3.xlplus",
  nodes: 2,
  multiAz: true,
  concurrencyMinutes: 60,
  snapshotDays: 14,
};

function args(change: Partial<WarehouseArgs> = {}): WarehouseArgs {
  return {
    context: TEST_CONTEXT,
    warehouseName: "analytics",
    size: SERVERLESS,
    vpcId: "vpc-1",
    subnetIds: ["subnet-1", "subnet-2", "subnet-3"],
    zones: 3,
    keyArn: KEY,
    logs: { retentionDays: 30, keyArn: KEY },
    ...change,
  };
}

const rendered = (given: WarehouseArgs) => recordProgram((options) => new Warehouse("analytics-warehouse", given, options));

describe("a serverless warehouse", () => {
  it("is encrypted with the customer's key, with a password that only Secrets Manager knows", async () => {
    const { inputs } = only(await rendered(args()), NAMESPACE);
    assert.deepEqual([inputs["kmsKeyId"], inputs["adminPasswordSecretKmsKeyId"], inputs["manageAdminPassword"]], [KEY, KEY, true]);
    assert.equal(inputs["adminUserPassword"], undefined);
    assert.equal(inputs["dbName"], "analytics");
  });

  it("keeps its traffic in the VPC, takes only TLS, and has an end to what it may cost", async () => {
    const resources = await rendered(args());
    const { inputs, outputs } = only(resources, WORKGROUP);
    assert.deepEqual([inputs["enhancedVpcRouting"], inputs["publiclyAccessible"]], [true, false]);
    assert.deepEqual([inputs["baseCapacity"], inputs["maxCapacity"]], [8, 32]);
    assert.deepEqual(inputs["configParameters"], [
      { parameterKey: "require_ssl", parameterValue: "true" },
      { parameterKey: "enable_user_activity_logging", parameterValue: "true" },
    ]);
    const limit = only(resources, "aws:redshiftserverless/usageLimit:UsageLimit").inputs;
    assert.deepEqual(
      [limit["resourceArn"], limit["usageType"], limit["amount"], limit["period"], limit["breachAction"]],
      [outputs["arn"], "serverless-compute", 100, "monthly", "deactivate"],
    );
  });

  it("writes its logs into groups that were made before it, with an end and a key", async () => {
    const resources = await rendered(args());
    const groups = resources.filter(({ type }) => type === LOG_GROUP);
    assert.deepEqual(
      groups.map(({ inputs }) => [inputs["name"], inputs["retentionInDays"], inputs["kmsKeyId"]]),
      ["connectionlog", "userlog", "useractivitylog"].map((log) => [`/aws/redshift/test-analytics/${log}`, 30, KEY]),
    );
    const { dependencies } = only(resources, NAMESPACE);
    for (const { urn } of groups) assert.ok(dependencies.includes(urn), urn);
  });

  it("is kept in a durable environment, where its deletion would take no last snapshot", async () => {
    const resources = await rendered(args({ context: DURABLE }));
    for (const type of [NAMESPACE, WORKGROUP]) {
      const { protect, retainOnDelete } = only(resources, type);
      assert.deepEqual([protect, retainOnDelete], [true, true], type);
    }
    assert.deepEqual(only(resources, NAMESPACE).inputs["tags"], { "strata:backup": "local" });
  });
});

describe("a provisioned warehouse", () => {
  const durable = (change: Partial<WarehouseArgs> = {}) => args({ context: DURABLE, size: PROVISIONED, ...change });

  it("is encrypted, in the isolated subnets, with a managed password, in two zones", async () => {
    const resources = await rendered(durable());
    const { inputs } = only(resources, CLUSTER);
    assert.deepEqual([inputs["encrypted"], inputs["kmsKeyId"]], ["true", KEY]);
    assert.deepEqual([inputs["manageMasterPassword"], inputs["masterPasswordSecretKmsKeyId"]], [true, KEY]);
    assert.equal(inputs["masterPassword"], undefined);
    assert.deepEqual([inputs["nodeType"], inputs["numberOfNodes"], inputs["multiAz"]], ["ra3.xlplus", 2, true]);
    assert.deepEqual([inputs["enhancedVpcRouting"], inputs["publiclyAccessible"]], [true, false]);
    assert.deepEqual(only(resources, "aws:redshift/subnetGroup:SubnetGroup").inputs["subnetIds"], ["subnet-1", "subnet-2", "subnet-3"]);
    assert.deepEqual(only(resources, "aws:redshift/parameterGroup:ParameterGroup").inputs["parameters"], [
      { name: "require_ssl", value: "true" },
      { name: "enable_user_activity_logging", value: "true" },
    ]);
    assert.deepEqual(only(resources, "aws:redshift/logging:Logging").inputs["logExports"], ["connectionlog", "userlog", "useractivitylog"]);
  });

  it("is kept in a durable environment, with a last snapshot whose name is new for every life", async () => {
    const cluster = only(await rendered(durable()), CLUSTER);
    assert.deepEqual([cluster.protect, cluster.retainOnDelete, cluster.inputs["skipFinalSnapshot"]], [true, true, false]);
    const name = String(cluster.inputs["finalSnapshotIdentifier"]);
    assert.match(name, /^test-analytics-final-sg-0[0-9a-f]{16}-[0-9a-f]{8}$/);
    const moved = only(await rendered(durable({ subnetIds: ["subnet-4", "subnet-5", "subnet-6"] })), CLUSTER);
    assert.notEqual(moved.inputs["finalSnapshotIdentifier"], name, "a change that replaces it");
    const grown = only(await rendered(durable({ size: { ...PROVISIONED, nodes: 4 } })), CLUSTER);
    assert.equal(grown.inputs["finalSnapshotIdentifier"], name, "a change in place");
  });

  it("is restored from a snapshot", async () => {
    const snapshot = "arn:aws:redshift:us-east-1:111122223333:snapshot:test-analytics/before";
    assert.equal(only(await rendered(durable({ restoreFrom: { snapshot } })), CLUSTER).inputs["snapshotArn"], snapshot);
  });

  it("copies its snapshots to another region, with a key of that region", async () => {
    const keyArn = KEY.replace("us-east-1", "eu-west-1");
    const resources = await rendered(durable({ copyTo: { region: "eu-west-1", keyArn, keepDays: 14 } }));
    const grant = only(resources, "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant").inputs;
    assert.deepEqual([grant["region"], grant["kmsKeyId"]], ["eu-west-1", keyArn]);
    const copy = only(resources, "aws:redshift/snapshotCopy:SnapshotCopy").inputs;
    assert.deepEqual([copy["destinationRegion"], copy["retentionPeriod"]], ["eu-west-1", 14]);
  });
});

describe("a warehouse that takes data in", () => {
  const sources = {
    loadsFrom: [{ bucketArn: "arn:aws:s3:::landing", keyArn: KEY }],
    streamsFrom: [{ name: "bus", clusterArn: MSK, securityGroupId: "sg-bus", topics: ["orders.placed"] }],
    s3PrefixListId: "pl-s3",
  };

  it("reads the named bucket and topic by its role, and nothing else, as IAM evaluates it", async () => {
    const resources = await rendered(args(sources));
    const ask = asRole(resources, "analytics-warehouse");
    const cases: readonly (readonly [string, string, string])[] = [
      ["Allowed", "s3:GetObject", "arn:aws:s3:::landing/2026/11/part-0.parquet"],
      ["Allowed", "s3:ListBucket", "arn:aws:s3:::landing"],
      ["ImplicitlyDenied", "s3:GetObject", "arn:aws:s3:::uploads/a.jpg"],
      ["ImplicitlyDenied", "s3:PutObject", "arn:aws:s3:::landing/a"],
      ["Allowed", "kafka-cluster:Connect", MSK],
      ["Allowed", "kafka-cluster:ReadData", `${MSK.replace(":cluster/", ":topic/")}/orders.placed`],
      ["ImplicitlyDenied", "kafka-cluster:ReadData", `${MSK.replace(":cluster/", ":topic/")}/payments`],
      ["ImplicitlyDenied", "kafka-cluster:WriteData", `${MSK.replace(":cluster/", ":topic/")}/orders.placed`],
    ];
    for (const [wanted, action, resource] of cases) assert.equal(await ask({ action, resource }), wanted, `${action} on ${resource}`);
  });

  it("reaches S3 by its endpoint and the bus by its group, and otherwise nothing", async () => {
    const resources = await rendered(args(sources));
    const out = resources
      .filter(({ type }) => type === "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
      .map(({ inputs }) => inputs);
    assert.deepEqual(
      out.map((rule) => [rule["prefixListId"] ?? rule["referencedSecurityGroupId"], rule["fromPort"], rule["cidrIpv4"]]),
      [
        ["sg-bus", 9098, undefined],
        ["pl-s3", 443, undefined],
      ],
    );
  });

  it("has a role that may do nothing when there is nothing to take in", async () => {
    assert.deepEqual(policiesOf(await rendered(args()), "analytics-warehouse"), []);
  });
});

describe("a warehouse bound to a service", () => {
  const consumer = { name: "reports", securityGroupId: pulumi.output("sg-reports") };

  async function bound(size: WarehouseArgs["size"], access: "read" | "write" = "read") {
    let values: Record<string, string> = {};
    let ready = 0;
    const resources = await recordProgram((options) => {
      const warehouse = new Warehouse("analytics-warehouse", args({ size }), options);
      const binding = warehouse.bind(consumer, access);
      ready = binding.ready.length;
      const role = new aws.iam.Role("reports", { assumeRolePolicy: "{}" }, { provider: options.providers.aws });
      new aws.iam.RolePolicy(
        "reports",
        { role: role.name, policy: policyDocument(binding.statements) },
        { provider: options.providers.aws },
      );
      pulumi.output(binding.variables).apply((known) => (values = known));
    });
    return { resources, values, ready };
  }

  it("tells it where: host, port, database, workgroup or cluster, and never a password", async () => {
    const serverless = await bound(SERVERLESS);
    assert.deepEqual(serverless.values, {
      ANALYTICS_WAREHOUSE_HOST: "test-analytics.111122223333.us-east-1.redshift-serverless.amazonaws.com",
      ANALYTICS_WAREHOUSE_PORT: "5439",
      ANALYTICS_WAREHOUSE_DATABASE: "analytics",
      ANALYTICS_WAREHOUSE_WORKGROUP: "test-analytics",
    });
    const provisioned = (await bound(PROVISIONED)).values;
    assert.match(provisioned["ANALYTICS_WAREHOUSE_HOST"] ?? "", /^test-analytics\.[0-9a-f]+\.us-east-1\.redshift\.amazonaws\.com$/);
    assert.equal(provisioned["ANALYTICS_WAREHOUSE_CLUSTER"], "test-analytics");
    assert.equal(provisioned["ANALYTICS_WAREHOUSE_WORKGROUP"], undefined);
  });

  const session = { "aws:userid": "AROAEXAMPLE:reports", "redshift-data:statement-owner-iam-userid": "AROAEXAMPLE:reports" };
  const stranger = { ...session, "redshift-data:statement-owner-iam-userid": "AROAOTHER:else" };

  async function decide(
    resources: readonly PlannedResource[],
    cases: readonly (readonly [string, string, string, Record<string, string>?])[],
  ) {
    const ask = asRole(resources, "reports");
    for (const [wanted, action, resource, context] of cases)
      assert.equal(await ask({ action, resource, context }), wanted, `${action} on ${resource}`);
  }

  it("lets its role get a temporary password for this workgroup and send statements to it, as IAM evaluates it", async () => {
    const { resources } = await bound(SERVERLESS);
    const arn = String(only(resources, WORKGROUP).outputs["arn"]);
    const other = arn.replace(/workgroup\/.*/, "workgroup/99999999-9999-4999-a999-999999999999");
    await decide(resources, [
      ["Allowed", "redshift-serverless:GetCredentials", arn],
      ["ImplicitlyDenied", "redshift-serverless:GetCredentials", other],
      ["Allowed", "redshift-data:ExecuteStatement", arn],
      ["ImplicitlyDenied", "redshift-data:ExecuteStatement", other],
      ["Allowed", "redshift-data:GetStatementResult", "*", session],
      ["ImplicitlyDenied", "redshift-data:GetStatementResult", "*", stranger],
      ["ImplicitlyDenied", "redshift-serverless:DeleteWorkgroup", arn],
      ["ImplicitlyDenied", "secretsmanager:GetSecretValue", String(only(resources, NAMESPACE).outputs["adminPasswordSecretArn"])],
    ]);
  });

  it("does the same for a cluster, for its one database", async () => {
    const { resources } = await bound(PROVISIONED);
    const prefix = "arn:aws:redshift:us-east-1:111122223333";
    await decide(resources, [
      ["Allowed", "redshift:GetClusterCredentialsWithIAM", `${prefix}:dbname:test-analytics/analytics`],
      ["ImplicitlyDenied", "redshift:GetClusterCredentialsWithIAM", `${prefix}:dbname:test-analytics/other`],
      ["ImplicitlyDenied", "redshift:GetClusterCredentialsWithIAM", `${prefix}:dbname:else/analytics`],
      ["Allowed", "redshift-data:ExecuteStatement", `${prefix}:cluster:test-analytics`],
      ["ImplicitlyDenied", "redshift-data:ExecuteStatement", `${prefix}:cluster:else`],
    ]);
  });

  it("lets exactly that service in, on Redshift's port, by a rule on each side, and waits for both and the warehouse", async () => {
    const { resources, ready } = await bound(SERVERLESS, "write");
    const rules = resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
    assert.deepEqual(
      rules.map(({ inputs }) => [inputs["fromPort"], inputs["toPort"], inputs["cidrIpv4"]]),
      [
        [5439, 5439, undefined],
        [5439, 5439, undefined],
      ],
    );
    for (const { inputs } of rules) assert.ok([inputs["referencedSecurityGroupId"], inputs["securityGroupId"]].includes("sg-reports"));
    assert.equal(ready, 3);
  });

  it("is the same for a warehouse that exists already, of which nothing is made", async () => {
    let values: unknown;
    const resources = await recordProgram(() => {
      const binding = Warehouse.adopt("analytics-warehouse", {
        warehouseName: "analytics",
        host: "old.example",
        database: "analytics",
        securityGroupId: "sg-old",
        target: { variable: "CLUSTER", name: "old" },
        statements: [],
      }).bind(consumer, "read");
      pulumi.output(binding.variables).apply((known) => (values = known));
    });
    assert.deepEqual(values, {
      ANALYTICS_WAREHOUSE_HOST: "old.example",
      ANALYTICS_WAREHOUSE_PORT: "5439",
      ANALYTICS_WAREHOUSE_DATABASE: "analytics",
      ANALYTICS_WAREHOUSE_CLUSTER: "old",
    });
    assert.deepEqual(
      resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).map(({ type }) => type.split(":").at(-1)),
      ["SecurityGroupIngressRule", "SecurityGroupEgressRule"],
    );
  });
});

describe("the size of a warehouse is refused", () => {
  const faults = (
    size: WarehouseArgs["size"],
    change: { zones?: number; durable?: boolean; restoreFrom?: WarehouseArgs["restoreFrom"] } = {},
  ) => warehouseFaults("analytics", { size, zones: 3, durable: false, ...change }).map(faultLine);

  it("when there are fewer than three zones for a serverless one", () => {
    assert.deepEqual(faults(SERVERLESS, { zones: 2 }), [
      "analytics.zones: has too few availability zones for Redshift Serverless, got 2; give the network at least 3 zones; one can be added at the end at any time",
    ]);
    assert.deepEqual(faults({ ...PROVISIONED, multiAz: false }, { zones: 2 }), []);
  });

  it("when Redshift Serverless has no such capacity", () => {
    for (const baseCapacity of [0, 5, 12, 520])
      assert.match(faults({ ...SERVERLESS, baseCapacity, maximumCapacity: 1_024 })[0] ?? "", /baseCapacity/);
    for (const baseCapacity of [4, 8, 512]) assert.deepEqual(faults({ ...SERVERLESS, baseCapacity, maximumCapacity: 512 }), []);
    assert.match(faults({ ...SERVERLESS, baseCapacity: 64 })[0] ?? "", /maximumCapacity: is below baseCapacity, got 32; give at least 64/);
  });

  it("when nodes are of no type that is known, or too few", () => {
    assert.match(faults({ ...PROVISIONED, nodeType: "ra3.xlpus" })[0] ?? "", /did you mean ra3\.xlplus\?/);
    assert.match(faults({ ...PROVISIONED, nodes: 1 })[0] ?? "", /are too few for Multi-AZ, got 1; give at least 2/);
    assert.match(faults({ ...PROVISIONED, nodeType: "ra3.4xlarge", multiAz: false, nodes: 1 })[0] ?? "", /too few for ra3\.4xlarge/);
    assert.match(faults({ ...PROVISIONED, nodes: 1, multiAz: false }, { durable: true })[0] ?? "", /single point of failure/);
  });

  it("when it is to be restored in a way that Redshift does not have", () => {
    assert.match(faults(SERVERLESS, { restoreFrom: { snapshot: "any" } })[0] ?? "", /not how Redshift Serverless is restored/);
    assert.match(
      faults(PROVISIONED, { restoreFrom: { source: "any", at: "latest" } })[0] ?? "",
      /names a moment, which Redshift has none of/,
    );
  });

  it("by the component too, with everything at once", async () => {
    await assert.rejects(rendered(args({ zones: 2, size: { ...SERVERLESS, baseCapacity: 5 } })), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.faults.length, 2);
      return true;
    });
  });
});
