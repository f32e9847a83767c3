import { runSimulation } from "@cloud-copilot/iam-simulate";
import assert from "node:assert/strict";
import { faultLine } from "../../../components/faults";
import { Backups, type BackupsArgs, backupsFaults } from "../../../components/persistence/backups";
import { ServiceTable } from "../../../components/persistence/table";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { rendered, toResource } from "../service/permissions";

const VAULT = "aws:backup/vault:Vault";
const PLAN = "aws:backup/plan:Plan";
const SELECTION = "aws:backup/selection:Selection";
const KMS = "aws:kms/key:Key";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-a111-111111111111";
const DURABLE = { ...TEST_CONTEXT, durable: true };

function args(change: Partial<BackupsArgs> = {}): BackupsArgs {
  return {
    context: DURABLE,
    kinds: ["table", "cluster", "serverless-warehouse"],
    keyArns: [KEY],
    keepDays: 35,
    copy: { region: "eu-west-1", keepDays: 90 },
    alarmTopicArn: "arn:aws:sns:us-east-1:111122223333:alarms",
    ...change,
  };
}

const made = (change: Partial<BackupsArgs> = {}) => recordProgram((options) => new Backups("backups", args(change), options));

describe("the backups of an environment", () => {
  it("go into a vault of the region and into one of another, each with its own key there", async () => {
    const resources = await made();
    for (const [name, region] of [
      ["backups", "us-east-1"],
      ["backups-copies", "eu-west-1"],
    ] as const) {
      const vault = only(resources, VAULT, name);
      const key = only(resources, KMS, name);
      assert.deepEqual([vault.inputs["region"], key.inputs["region"]], [region, region]);
      assert.ok(String(vault.outputs["arn"]).startsWith(`arn:aws:backup:${region}:`));
      assert.equal(vault.inputs["kmsKeyArn"], key.outputs["arn"]);
      assert.deepEqual([vault.protect, vault.retainOnDelete, key.protect, key.retainOnDelete], [true, true, true, true]);
      assert.equal(key.inputs["enableKeyRotation"], true);
    }
  });

  it("copy what AWS Backup copies, and keep the rest in its region", async () => {
    const resources = await made();
    const copies = only(resources, VAULT, "backups-copies").outputs["arn"];
    const rule = (name: string) => (only(resources, PLAN, name).inputs["rules"] as Record<string, unknown>[])[0];
    assert.deepEqual(rule("backups-copied")?.["copyActions"], [{ destinationVaultArn: copies, lifecycle: { deleteAfter: 90 } }]);
    assert.deepEqual(rule("backups-copied")?.["lifecycle"], { deleteAfter: 35 });
    assert.equal(rule("backups-local")?.["copyActions"], undefined);
    assert.deepEqual(only(resources, SELECTION, "backups-copied").inputs["resources"], [
      "arn:aws:dynamodb:*:*:table/*",
      "arn:aws:rds:*:*:cluster:*",
    ]);
    assert.deepEqual(only(resources, SELECTION, "backups-local").inputs["resources"], ["arn:aws:redshift-serverless:*:*:namespace/*"]);
  });

  it("select by the tag that a durable store carries, and only those of this environment", async () => {
    const resources = await recordProgram((options) => {
      new Backups("backups", args(), options);
      new ServiceTable(
        "orders-table",
        {
          context: DURABLE,
          tableName: "orders",
          declaration: {
            attributes: { id: "S" },
            partitionKey: "id",
            sortKey: undefined,
            globalIndexes: [],
            localIndexes: [],
            expires: undefined,
            stream: undefined,
          },
          keyArn: KEY,
          capacity: { mode: "on-demand", maximumReads: 1, maximumWrites: 1 },
          recoveryDays: 7,
        },
        options,
      );
    });
    const tags = { ...(only(resources, "aws:dynamodb/table:Table").inputs["tags"] as Record<string, string>), environment: "test" };
    const selection = only(resources, SELECTION, "backups-copied").inputs;
    assert.equal(selection["selectionTags"], undefined, "tags of a selection would be alternatives to the conditions");
    const [conditions] = selection["conditions"] as { stringEquals: { key: string; value: string }[] }[];
    assert.deepEqual(
      conditions?.stringEquals.map(({ key, value }) => [key.replace("aws:ResourceTag/", ""), value]),
      Object.entries(tags),
    );
  });

  it("say so when one fails", async () => {
    const alarms = (await made()).filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual(alarms.map(({ name }) => name).sort(), ["backups-backup-failed", "backups-copy-failed"]);
    for (const { inputs } of alarms) assert.deepEqual(inputs["alarmActions"], ["arn:aws:sns:us-east-1:111122223333:alarms"]);
  });

  it("are locked only when asked to", async () => {
    const locks = (resources: readonly PlannedResource[]) =>
      resources.filter(({ type }) => type.endsWith(":VaultLockConfiguration")).map(({ inputs }) => inputs["minRetentionDays"]);
    assert.deepEqual(locks(await made()), []);
    assert.deepEqual(locks(await made({ lock: { minimumDays: 7, maximumDays: 365 } })), [7, 7]);
  });

  it("cannot be deleted before their time, whoever asks, as IAM evaluates the vault's policy", async () => {
    const resources = await made();
    const policy = rendered(only(resources, "aws:backup/vaultPolicy:VaultPolicy", "backups").inputs["policy"]);
    const ask = toResource(policy, "arn:aws:iam::111122223333:role/admin");
    const resource = "arn:aws:backup:us-east-1:111122223333:recovery-point:1";
    assert.equal(await ask({ action: "backup:DeleteRecoveryPoint", resource }), "ExplicitlyDenied");
  });

  describe("are made by a role", () => {
    it("that only AWS Backup of this account takes on, with AWS's policy for backups and none for restores", async () => {
      const resources = await made();
      const trust = rendered(only(resources, "aws:iam/role:Role", "backups").inputs["assumeRolePolicy"]);
      assert.deepEqual(trust.Statement[0]?.Principal, { Service: "backup.amazonaws.com" });
      assert.deepEqual(trust.Statement[0]?.Condition, { StringEquals: { "aws:SourceAccount": "111122223333" } });
      const attached = (list: readonly PlannedResource[]) =>
        list
          .filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
          .map(({ inputs }) => String(inputs["policyArn"]).split("/").at(-1));
      assert.deepEqual(attached(resources), ["AWSBackupServiceRolePolicyForBackup"]);
      assert.deepEqual(attached(await made({ kinds: ["table", "bucket"] })), [
        "AWSBackupServiceRolePolicyForBackup",
        "AWSBackupServiceRolePolicyForS3Backup",
      ]);
    });

    it("whose boundary keeps it to these stores, vaults and keys, and from taking data away, as IAM evaluates it", async () => {
      const resources = await made();
      const boundary = only(resources, "aws:iam/policy:Policy", "backups-boundary");
      const role = only(resources, "aws:iam/role:Role", "backups");
      assert.equal(role.inputs["permissionsBoundary"], boundary.outputs["arn"]);
      const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
      const vault = String(only(resources, VAULT, "backups-copies").outputs["arn"]);
      const cases = [
        ["Allowed", "dynamodb:StartAwsBackupJob", "arn:aws:dynamodb:us-east-1:111122223333:table/orders"],
        ["Allowed", "rds:CreateDBClusterSnapshot", "arn:aws:rds:us-east-1:111122223333:cluster:orders"],
        ["Allowed", "backup:CopyIntoBackupVault", vault],
        ["ImplicitlyDenied", "backup:CopyIntoBackupVault", vault.replace(/backup-vault:.*/, "backup-vault:else")],
        ["ImplicitlyDenied", "ec2:CreateSnapshot", "arn:aws:ec2:us-east-1:111122223333:volume/vol-1"],
        ["ExplicitlyDenied", "dynamodb:DeleteTable", "arn:aws:dynamodb:us-east-1:111122223333:table/orders"],
        ["ExplicitlyDenied", "rds:DeleteDBCluster", "arn:aws:rds:us-east-1:111122223333:cluster:orders"],
        ["ImplicitlyDenied", "iam:PassRole", "arn:aws:iam::111122223333:role/any"],
      ] as const;
      for (const [wanted, action, resource] of cases) {
        const answer = await runSimulation(
          {
            request: {
              action,
              principal: String(role.outputs["arn"]),
              resource: { resource, accountId: TEST_CONTEXT.accountId },
              contextVariables: {},
            },
            identityPolicies: [{ name: "all", policy: everything }],
            permissionBoundaryPolicies: [{ name: "boundary", policy: rendered(boundary.inputs["policy"]) }],
            serviceControlPolicies: [],
            resourceControlPolicies: [],
          },
          {},
        );
        assert.equal(
          answer.resultType === "error" ? JSON.stringify(answer.errors) : answer.overallResult,
          wanted,
          `${action} on ${resource}`,
        );
      }
    });
  });

  it("are refused when the copy is no copy, or is kept for a time the lock refuses", () => {
    const lines = (change: Partial<BackupsArgs>) => backupsFaults("backups", args(change)).map(faultLine);
    assert.deepEqual(lines({}), []);
    assert.match(lines({ copy: { region: "us-east-1", keepDays: 90 } })[0] ?? "", /copy\.region: is the environment's own region/);
    assert.match(
      lines({ lock: { minimumDays: 40, maximumDays: 100 } })[0] ?? "",
      /keepDays: is not what the lock of the vault lets in, got 35/,
    );
    assert.match(
      lines({ lock: { minimumDays: 7, maximumDays: 100, finalAfterDays: 1 } })[0] ?? "",
      /finalAfterDays: leaves too little time/,
    );
  });
});
