import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { kept, type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedSecret, type ObservedStore } from "../visibility/alarms/observed";
import { readStoreSecret } from "./store-secret";

export interface ServiceSecretArgs {
  readonly context: PlatformContext;
  /** Name of the secret in the catalogue, which the variable of its services starts with. */
  readonly secretName: string;
  /** Key it is encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform?: { readonly secret?: Transform<aws.secretsmanager.SecretArgs> };
}

const RECOVERY_DAYS = { durable: 30, ephemeral: 0 } as const;

/** What is known of a secret that exists already. */
export interface ServiceSecretIds {
  /** Name in the catalogue. */
  readonly secretName: string;
  readonly arn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
}

/** What a service may do with the secret; the same for a created and an adopted one. */
class SecretAccess implements Bindable {
  constructor(private readonly ids: ServiceSecretIds) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const { secretName, arn, keyArn } = this.ids;
    if (access !== "read") throw new Error(`${consumer.name} cannot ${access} secret ${secretName}; give read`);
    return {
      to: secretName,
      kind: "secret",
      access,
      variables: { [variablePrefix(secretName, "SECRET_ARN")]: arn },
      statements: readStoreSecret({ secretArn: arn, keyArn }),
      ready: [],
    };
  }
}

/**
 * A secret that somebody outside gives, such as the key of a third party. This makes the place for it and says who may read it; the value
 * is put there with `aws secretsmanager put-secret-value` and is never in the program, its configuration or its state.
 *
 * Cost: 0.40 USD a month and 0.05 USD per 10,000 calls (AWS Secrets Manager pricing, 2026-11).
 */
export class ServiceSecret extends pulumi.ComponentResource implements ObservedStore {
  public readonly arn: pulumi.Output<string>;
  public readonly observed: ObservedSecret;
  /** What `adopt` takes in another project. */
  public readonly ids: ServiceSecretIds;

  private readonly access: SecretAccess;

  constructor(name: string, args: ServiceSecretArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:persistence:ServiceSecret", name, {}, options);
    const { durable, environment } = args.context;
    const secret = new aws.secretsmanager.Secret(
      ...bend<aws.secretsmanager.SecretArgs>(
        args.transform?.secret,
        name,
        {
          // A fixed name could not be used again while a deleted secret of that name can still be recovered.
          namePrefix: `${environment}/${args.secretName}/`,
          kmsKeyId: args.keyArn,
          tags: { "strata:because": "Whoever gives out the value changes it" },
          recoveryWindowInDays: durable ? RECOVERY_DAYS.durable : RECOVERY_DAYS.ephemeral,
        },
        { parent: this, ...kept(args.context) },
      ),
    );
    this.arn = secret.arn;
    this.observed = { kind: "secret", name };
    this.ids = { secretName: args.secretName, arn: this.arn, keyArn: args.keyArn };
    this.access = new SecretAccess(this.ids);
    this.registerOutputs({ arn: this.arn });
  }

  /** A secret that exists already stands in for a created one. */
  static adopt(ids: ServiceSecretIds): Bindable {
    return new SecretAccess(ids);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.access.bind(consumer, access);
  }
}
