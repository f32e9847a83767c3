import assert from "node:assert/strict";
import { type InstanceKind } from "../../../../components/persistence/relational/engines";
import { only } from "../../../harness";
import { database, type Wish } from "./databases";

const INSTANCE = "aws:rds/instance:Instance";
const KINDS: readonly InstanceKind[] = ["postgres", "mysql", "mariadb", "oracle", "sqlserver"];
/** A class that each engine runs on in production. */
const DURABLE: Readonly<Record<InstanceKind, string>> = {
  postgres: "db.m7g.large",
  mysql: "db.m7g.large",
  mariadb: "db.m7g.large",
  oracle: "db.m5.large",
  sqlserver: "db.m5.large",
};

const instance = async (kind: InstanceKind, wish: Wish = {}) => only((await database(kind, wish)).resources, INSTANCE);

describe("RDS instance", () => {
  for (const kind of KINDS) {
    it(`${kind} is encrypted, private, and has a master password that only Secrets Manager knows`, async () => {
      const { inputs } = await instance(kind);
      assert.equal(inputs["storageEncrypted"], true);
      assert.match(String(inputs["kmsKeyId"]), /^arn:aws:kms:/);
      assert.equal(inputs["masterUserSecretKmsKeyId"], inputs["kmsKeyId"]);
      assert.equal(inputs["manageMasterUserPassword"], true);
      assert.equal(inputs["password"], undefined);
      assert.equal(inputs["publiclyAccessible"], false);
      assert.deepEqual([inputs["storageType"], inputs["allocatedStorage"], inputs["maxAllocatedStorage"]], ["gp3", 20, 100]);
    });

    it(`${kind} is kept in a durable environment: with a standby, protected, backed up, watched, with a last snapshot`, async () => {
      const wish = { durable: true, instance: { instanceClass: DURABLE[kind] } };
      const { inputs, protect, retainOnDelete } = await instance(kind, wish);
      assert.deepEqual([protect, retainOnDelete], [true, true]);
      assert.equal(inputs["multiAz"], true);
      assert.equal(inputs["deletionProtection"], true);
      assert.equal(inputs["backupRetentionPeriod"], 14);
      assert.equal(inputs["deleteAutomatedBackups"], false);
      assert.equal(inputs["skipFinalSnapshot"], false);
      assert.match(String(inputs["finalSnapshotIdentifier"]), /^orders-db-final-sg-0[0-9a-f]{16}-[0-9a-f]{8}$/);
      assert.deepEqual([inputs["monitoringInterval"], inputs["performanceInsightsEnabled"]], [60, true]);
      assert.ok(Array.isArray(inputs["enabledCloudwatchLogsExports"]) && inputs["enabledCloudwatchLogsExports"].length > 0);
    });

    it(`${kind} can be thrown away in an environment that is not`, async () => {
      const { inputs, protect } = await instance(kind);
      assert.deepEqual(
        [protect, inputs["multiAz"], inputs["deletionProtection"], inputs["skipFinalSnapshot"]],
        [false, false, false, true],
      );
    });
  }

  it("forces TLS by a parameter where the engine has one", async () => {
    const forced = async (kind: InstanceKind) => {
      const { resources } = await database(kind);
      const { inputs } = only(resources, "aws:rds/parameterGroup:ParameterGroup");
      return (inputs["parameters"] as { name: string; value: string }[]).find(({ name }) => /ssl|secure/.test(name));
    };
    assert.deepEqual(await forced("postgres"), { name: "rds.force_ssl", value: "1" });
    assert.deepEqual(await forced("mysql"), { name: "require_secure_transport", value: "1" });
    assert.deepEqual(await forced("mariadb"), { name: "require_secure_transport", value: "1" });
    assert.deepEqual(await forced("sqlserver"), { name: "rds.force_ssl", value: "1", applyMethod: "pending-reboot" });
  });

  it("gives Oracle TLS by an option, on a port of its own, and opens no other", async () => {
    const { resources } = await database("oracle", { consumers: [{ name: "erp", access: "write" }] });
    const { inputs } = only(resources, "aws:rds/optionGroup:OptionGroup");
    const [option] = inputs["options"] as { optionName: string; port: number; vpcSecurityGroupMemberships: string[] }[];
    assert.deepEqual([option?.optionName, option?.port], ["SSL", 2484]);
    assert.equal(only(resources, INSTANCE).inputs["optionGroupName"], only(resources, "aws:rds/optionGroup:OptionGroup").outputs["name"]);
    const opened = resources.filter(({ inputs: rule }) => rule["securityGroupId"] === option?.vpcSecurityGroupMemberships[0]);
    assert.ok(opened.length >= 2);
    for (const { inputs: rule } of opened) assert.deepEqual([rule["fromPort"], rule["toPort"]], [2484, 2484]);
  });

  it("has MariaDB write down who connects and who changes rights, by an option, and sends that to CloudWatch", async () => {
    const { resources } = await database("mariadb");
    const { inputs, outputs } = only(resources, "aws:rds/optionGroup:OptionGroup");
    const events = { name: "SERVER_AUDIT_EVENTS", value: "CONNECT,QUERY_DDL,QUERY_DCL" };
    assert.deepEqual(inputs["options"], [{ optionName: "MARIADB_AUDIT_PLUGIN", optionSettings: [events] }]);
    const made = only(resources, INSTANCE).inputs;
    assert.equal(made["optionGroupName"], outputs["name"]);
    assert.deepEqual(made["enabledCloudwatchLogsExports"], ["audit", "error", "slowquery"]);
  });

  it("runs SQL Server Express, free of charge, in development and the Standard Edition where a standby is needed", async () => {
    const small = (await instance("sqlserver")).inputs;
    const large = (await instance("sqlserver", { durable: true, instance: { instanceClass: "db.m5.large" } })).inputs;
    assert.deepEqual([small["engine"], small["licenseModel"]], ["sqlserver-ex", "license-included"]);
    assert.deepEqual([large["engine"], large["licenseModel"]], ["sqlserver-se", "license-included"]);
  });

  it("leaves Performance Insights out only where the class is too small for it", async () => {
    const insights = async (kind: InstanceKind, instanceClass: string) =>
      (await instance(kind, { instance: { instanceClass } })).inputs["performanceInsightsEnabled"];
    assert.deepEqual(
      [await insights("mysql", "db.t4g.small"), await insights("mysql", "db.t4g.medium"), await insights("postgres", "db.t4g.micro")],
      [false, true, true],
    );
  });

  it("reaches every child with its transform", async () => {
    const { resources } = await database("oracle", {
      instance: {
        transform: {
          instance: { maintenanceWindow: "sun:03:00-sun:04:00" },
          parameterGroup: { description: "Bent" },
          optionGroup: { optionGroupDescription: "Bent" },
          securityGroup: { description: "Bent" },
        },
      },
    });
    assert.equal(only(resources, INSTANCE).inputs["maintenanceWindow"], "sun:03:00-sun:04:00");
    assert.equal(only(resources, "aws:rds/parameterGroup:ParameterGroup").inputs["description"], "Bent");
    assert.equal(only(resources, "aws:rds/optionGroup:OptionGroup").inputs["optionGroupDescription"], "Bent");
    assert.equal(only(resources, "aws:ec2/securityGroup:SecurityGroup", "orders-db").inputs["description"], "Bent");
  });
});
