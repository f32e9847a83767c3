import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
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

/** What a service may do with the secret; the same for a created and an adopted one. */
class SecretAccess implements Bindable {
  constructor(
    private readonly ids: { readonly secretName: string; readonly arn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> },
  ) {}

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
export class ServiceSecret extends pulumi.ComponentResource implements Bindable {
  public readonly arn: pulumi.Output<string>;

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
          recoveryWindowInDays: durable ? RECOVERY_DAYS.durable : RECOVERY_DAYS.ephemeral,
        },
        { parent: this, protect: durable, retainOnDelete: durable },
      ),
    );
    this.arn = secret.arn;
    this.access = new SecretAccess({ secretName: args.secretName, arn: this.arn, keyArn: args.keyArn });
    this.registerOutputs({ arn: this.arn });
  }

  /** A secret that exists already stands in for a created one. */
  static adopt(ids: { readonly secretName: string; readonly arn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> }): Bindable {
    return new SecretAccess(ids);
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.access.bind(consumer, access);
  }
}
