import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BACKUP_TYPES, type BackupKind } from "../../facts/backup-types";
import { ConfigError, type Fault } from "../faults";
import { policyDocument, type Statement, trustPolicy } from "../iam";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { BACKUP_TAG, type BackupScope } from "./backup-tag";
import { LockableVault, type VaultLock } from "./backup-vault";

export interface BackupsArgs {
  /** A durable environment; others have nothing to back up. */
  readonly context: PlatformContext;
  /** Kinds of the stores there are; the role may touch no other. */
  readonly kinds: readonly BackupKind[];
  /** Keys the stores are encrypted with. */
  readonly keyArns: readonly pulumi.Input<string>[];
  /** Days a daily backup is kept. */
  readonly keepDays: number;
  /** Where a copy goes, and the days it is kept there. Changing the region starts anew there; what was copied stays. */
  readonly copy: { readonly region: string; readonly keepDays: number };
  /** Locks both vaults. Default: not; a policy on them refuses early deletion anyway. */
  readonly lock?: VaultLock;
  /** Topic that is told when a backup or a copy fails. */
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly transform?: { readonly plan?: Transform<aws.backup.PlanArgs>; readonly role?: Transform<aws.iam.RoleArgs> };
}

const SCHEDULE = "cron(0 3 * * ? *)";
const START_MINUTES = 60;
const COMPLETION_MINUTES = 360;
const PERIOD_SECONDS = 3_600;
// AWS Backup developer guide, "AWS Backup Vault Lock" (2026-11).
const LEAST_GRACE_DAYS = 3;

const MANAGED = "arn:aws:iam::aws:policy";
/** What AWS gives its own backup role, and keeps up with what its services ask for; none of these restores. */
const BACKUP_POLICY = `${MANAGED}/service-role/AWSBackupServiceRolePolicyForBackup`;
const S3_BACKUP_POLICY = `${MANAGED}/AWSBackupServiceRolePolicyForS3Backup`;

/** Takes data away, whatever else a policy says. */
const DESTRUCTIVE = {
  dynamodb: ["dynamodb:DeleteTable", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  rds: ["rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:ModifyDBClusterSnapshotAttribute", "rds:ModifyDBSnapshotAttribute"],
  redshift: ["redshift:DeleteCluster", "redshift:AuthorizeSnapshotAccess"],
  "redshift-serverless": ["redshift-serverless:DeleteNamespace", "redshift-serverless:DeleteWorkgroup"],
  s3: ["s3:DeleteBucket", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"],
} as const;

const KEY_USE = ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:CreateGrant"];
const VAULT_USE = ["backup:DescribeBackupVault", "backup:CopyIntoBackupVault", "backup:CopyFromBackupVault", "backup:TagResource"];

/** What is wrong with how long backups are kept. */
export function backupsFaults(key: string, { context, keepDays, copy, lock }: Omit<BackupsArgs, "alarmTopicArn" | "keyArns">): Fault[] {
  const kept = [
    ["keepDays", keepDays],
    ["copy.keepDays", copy.keepDays],
  ] as const;
  return [
    ...(copy.region === context.region
      ? [{ key: `${key}.copy.region`, what: "is the environment's own region", got: copy.region, right: "name another one" }]
      : []),
    ...kept
      .filter(([, days]) => days < 1)
      .map(([part, days]) => ({ key: `${key}.${part}`, what: "is out of range", got: days, right: "give at least 1" })),
    ...(lock
      ? kept
          .filter(([, days]) => days < lock.minimumDays || days > lock.maximumDays)
          .map(([part, days]) => ({
            key: `${key}.${part}`,
            what: "is not what the lock of the vault lets in",
            got: days,
            right: `give ${lock.minimumDays} to ${lock.maximumDays}`,
          }))
      : []),
    ...(lock?.finalAfterDays !== undefined && lock.finalAfterDays < LEAST_GRACE_DAYS
      ? [
          {
            key: `${key}.lock.finalAfterDays`,
            what: "leaves too little time to think again",
            got: lock.finalAfterDays,
            right: `give at least ${LEAST_GRACE_DAYS}`,
          },
        ]
      : []),
  ];
}

/**
 * Daily backups of every store of an environment that is tagged for it, with a copy in another region: what is left when an account's
 * credentials, a key or a region is lost. It comes beside what each store does itself (point-in-time recovery, automatic snapshots).
 *
 * Cost: two keys, 1 USD a month each (AWS KMS pricing, 2026-11), two alarms; storage and traffic of backups are not among the prices this
 * project knows.
 */
export class Backups extends pulumi.ComponentResource {
  /** Vault in the environment's region. */
  public readonly vault: LockableVault;
  /** Vault in the other region. */
  public readonly copies: LockableVault;

  /** @throws {ConfigError} with everything that is wrong with the arguments. */
  constructor(
    private readonly name: string,
    args: BackupsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:Backups", name, {}, options);
    const faults = backupsFaults("backups", args);
    if (faults.length > 0) throw new ConfigError(faults);
    const { accountId, region, decommissioning } = args.context;
    const vault = { accountId, decommissioning, lock: args.lock };
    this.vault = new LockableVault(name, { ...vault, region }, { parent: this });
    this.copies = new LockableVault(`${name}-copies`, { ...vault, region: args.copy.region }, { parent: this });
    const role = this.createRole(args);
    this.back("copied", args, role);
    this.back("local", args, role);
    this.alarm(args);
    this.registerOutputs({ vaultArn: this.vault.arn, copiesArn: this.copies.arn });
  }

  /** One plan for each scope, with the stores whose kind it fits. */
  private back(scope: BackupScope, args: BackupsArgs, role: aws.iam.Role): void {
    const kinds = args.kinds.filter((kind) => BACKUP_TYPES[kind].crossRegion === (scope === "copied"));
    if (kinds.length === 0) return;
    const name = `${this.name}-${scope}`;
    const plan = new aws.backup.Plan(
      ...bend<aws.backup.PlanArgs>(
        args.transform?.plan,
        name,
        {
          rules: [
            {
              ruleName: "daily",
              targetVaultName: this.vault.vaultName,
              schedule: SCHEDULE,
              startWindow: START_MINUTES,
              completionWindow: COMPLETION_MINUTES,
              lifecycle: { deleteAfter: args.keepDays },
              ...(scope === "copied" && {
                copyActions: [{ destinationVaultArn: this.copies.arn, lifecycle: { deleteAfter: args.copy.keepDays } }],
              }),
            },
          ],
        },
        { parent: this },
      ),
    );
    new aws.backup.Selection(
      name,
      {
        planId: plan.id,
        iamRoleArn: role.arn,
        resources: kinds.map((kind) => storeArns(kind)),
        // Conditions hold all together, unlike tags of a selection; so an account with two environments keeps them apart.
        conditions: [
          {
            stringEquals: [
              { key: `aws:ResourceTag/${BACKUP_TAG}`, value: scope },
              { key: "aws:ResourceTag/environment", value: args.context.environment },
            ],
          },
        ],
      },
      { parent: this },
    );
  }

  /**
   * AWS's own policy says what a backup needs, which grows with its services; the boundary says what this role may never do, whatever that
   * policy comes to say: other kinds of stores, other vaults, other keys, or taking data away.
   */
  private createRole(args: BackupsArgs): aws.iam.Role {
    const boundary = new aws.iam.Policy(
      `${this.name}-boundary`,
      { description: "What the backup role may do at most", policy: policyDocument(this.boundary(args)) },
      { parent: this },
    );
    const role = new aws.iam.Role(
      ...bend<aws.iam.RoleArgs>(
        args.transform?.role,
        this.name,
        {
          description: "Backs up and copies, never restores",
          assumeRolePolicy: trustPolicy("backup.amazonaws.com", args.context.accountId),
          permissionsBoundary: boundary.arn,
        },
        { parent: this },
      ),
    );
    const policies = { stores: BACKUP_POLICY, ...(args.kinds.includes("bucket") && { buckets: S3_BACKUP_POLICY }) };
    for (const [what, policyArn] of Object.entries(policies))
      new aws.iam.RolePolicyAttachment(`${this.name}-${what}`, { role: role.name, policyArn }, { parent: this });
    return role;
  }

  private boundary({ kinds, keyArns }: BackupsArgs): Statement[] {
    const services = [...new Set(kinds.map((kind) => BACKUP_TYPES[kind].service))];
    // S3 is watched through EventBridge, and its size is read from CloudWatch.
    const beside = services.includes("s3") ? ["events:*", "cloudwatch:GetMetricData"] : [];
    return [
      {
        Sid: "Stores",
        Effect: "Allow",
        Action: [...services.map((service) => `${service}:*`), "tag:GetResources", ...beside],
        Resource: "*",
      },
      { Sid: "Vaults", Effect: "Allow", Action: VAULT_USE, Resource: [this.vault.arn, this.copies.arn] },
      { Sid: "Keys", Effect: "Allow", Action: KEY_USE, Resource: [...keyArns, this.vault.keyArn, this.copies.keyArn] },
      { Sid: "NeverTakeAway", Effect: "Deny", Action: services.flatMap((service) => DESTRUCTIVE[service]), Resource: "*" },
    ];
  }

  private alarm({ alarmTopicArn }: BackupsArgs): void {
    for (const [what, metricName] of [
      ["backup", "NumberOfBackupJobsFailed"],
      ["copy", "NumberOfCopyJobsFailed"],
    ] as const)
      new aws.cloudwatch.MetricAlarm(
        `${this.name}-${what}-failed`,
        {
          alarmDescription: `A ${what} into vault ${this.name} failed: read docs/restore.md before it is needed`,
          // By query, because AWS Backup publishes each number under several dimensions.
          metricQueries: [
            { id: "failed", expression: `SELECT SUM(${metricName}) FROM "AWS/Backup"`, period: PERIOD_SECONDS, returnData: true },
          ],
          evaluationPeriods: 1,
          threshold: 0,
          comparisonOperator: "GreaterThanThreshold",
          treatMissingData: "notBreaching",
          alarmActions: [alarmTopicArn],
        },
        { parent: this },
      );
  }
}

/** Every store of a kind; the tags of the selection say which of them. */
function storeArns(kind: BackupKind): string {
  const { service, resource } = BACKUP_TYPES[kind];
  return service === "s3" ? `arn:aws:s3:::${resource}` : `arn:aws:${service}:*:*:${resource}`;
}
