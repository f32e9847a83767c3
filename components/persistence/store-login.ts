import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type PlatformContext } from "../platform-context";

export interface StoreLoginArgs {
  readonly context: PlatformContext;
  readonly username: string;
  /** Key the secret is encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Another text makes another password. Default: the password stays. */
  readonly generation?: string;
}

const RECOVERY_DAYS = { durable: 30, ephemeral: 0 } as const;
/** Letters and digits only, of which no store and no connection string asks for an escape; 190 bits. */
const PASSWORD_LENGTH = 32;

/**
 * A user's name and password for a store that takes no other proof and makes no password by itself, in Secrets Manager as the JSON
 * `{"username": …, "password": …}`. A service gets the ARN and reads it with its own role.
 *
 * The limit: the store has to be told the password, so the stack's state holds it. It is marked secret from its creation on, so state, plans
 * and logs have it only encrypted with the stack's own key; who may decrypt the stack can read it. Nothing does: a change of `generation`
 * makes another.
 *
 * Cost: 0.40 USD a month and 0.05 USD per 10,000 calls (AWS Secrets Manager pricing, 2026-11).
 */
export class StoreLogin extends pulumi.ComponentResource {
  public readonly username: string;
  /** Marked secret. */
  public readonly password: pulumi.Output<string>;
  public readonly secretArn: pulumi.Output<string>;
  /** Key the secret is encrypted with. */
  public readonly keyArn: pulumi.Input<string>;
  /** The secret's value; a service that starts before it exists cannot log in. */
  public readonly value: aws.secretsmanager.SecretVersion;

  constructor(name: string, args: StoreLoginArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:persistence:StoreLogin", name, {}, options);
    const { durable, environment } = args.context;
    this.username = args.username;
    this.keyArn = args.keyArn;
    const generated = new random.RandomPassword(
      name,
      { length: PASSWORD_LENGTH, special: false, ...(args.generation !== undefined && { keepers: { generation: args.generation } }) },
      { parent: this },
    );
    this.password = pulumi.secret(generated.result);
    const secret = new aws.secretsmanager.Secret(
      name,
      {
        // A fixed name could not be used again while a deleted secret of that name can still be recovered.
        namePrefix: `${environment}/${name}/`,
        description: `Login of ${args.username}`,
        kmsKeyId: args.keyArn,
        tags: { "strata:because": "The store is told the password by the program - another generation makes another" },
        recoveryWindowInDays: durable ? RECOVERY_DAYS.durable : RECOVERY_DAYS.ephemeral,
      },
      { parent: this },
    );
    this.secretArn = secret.arn;
    this.value = new aws.secretsmanager.SecretVersion(
      name,
      { secretId: secret.id, secretString: pulumi.secret(pulumi.jsonStringify({ username: args.username, password: this.password })) },
      { parent: this },
    );
    this.registerOutputs({ secretArn: this.secretArn });
  }
}
