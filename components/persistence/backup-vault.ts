import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../iam";
import { outliving } from "../platform-context";

/** How long nobody, not even the account's owner, can shorten what a vault keeps. */
export interface VaultLock {
  /** Fewest days a recovery point is kept. */
  readonly minimumDays: number;
  /** Most days. */
  readonly maximumDays: number;
  /**
   * Days until the lock itself can no longer be taken away by anybody (compliance mode), at least 3. Default: never; who may
   * administer backups can lift it (governance mode).
   */
  readonly finalAfterDays?: number;
}

export interface LockableVaultArgs {
  readonly accountId: string;
  readonly region: string;
  /** True while its environment is taken down: the engine lets go of it, and it stays in AWS with what it keeps. Default: false. */
  readonly decommissioning?: boolean | undefined;
  readonly lock?: VaultLock;
}

const DELETION_DAYS = 30;

/**
 * A vault of AWS Backup in one region, with a key of its own there: losing the key of the stores does not lose their backups.
 * A recovery point leaves it by age only, never by a call; so the vault outlives its environment, with what guards it.
 *
 * Cost: 1 USD a month for the key (AWS KMS pricing, 2026-11) and what is kept; backup storage is not among the prices this project knows.
 */
export class LockableVault extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly vaultName: pulumi.Output<string>;
  public readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: LockableVaultArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:persistence:LockableVault", name, {}, options);
    const { region, accountId, lock, decommissioning } = args;
    const kept = { parent: this, ...outliving({ durable: true, decommissioning }) };
    const guarding = { parent: this, retainOnDelete: true };
    const key = new aws.kms.Key(
      name,
      {
        region,
        description: `Backups in ${region}`,
        enableKeyRotation: true,
        deletionWindowInDays: DELETION_DAYS,
        // KMS developer guide, "Default key policy" (2026-11): IAM policies grant the key, and it stays manageable.
        policy: policyDocument([
          { Sid: "Account", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
        ]),
      },
      kept,
    );
    const vault = new aws.backup.Vault(name, { region, kmsKeyArn: key.arn }, kept);
    this.arn = vault.arn;
    this.vaultName = vault.name;
    this.keyArn = key.arn;
    new aws.backup.VaultPolicy(
      name,
      {
        region,
        backupVaultName: vault.name,
        policy: policyDocument([
          {
            Sid: "ByAgeOnly",
            Effect: "Deny",
            Principal: "*",
            Action: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle", "backup:DisassociateRecoveryPoint"],
            Resource: "*",
          },
        ]),
      },
      guarding,
    );
    if (lock)
      new aws.backup.VaultLockConfiguration(
        name,
        {
          region,
          backupVaultName: vault.name,
          minRetentionDays: lock.minimumDays,
          maxRetentionDays: lock.maximumDays,
          changeableForDays: lock.finalAfterDays,
        },
        guarding,
      );
    this.registerOutputs({ arn: this.arn, keyArn: this.keyArn });
  }
}
