import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { allowPassage } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { type Binding, type BoundAccess, type Consumer } from "../../service/binding";
import { bend, type Transform } from "../../transform";
import { type BootstrapFunction } from "./bootstrap-function";
import { connectStatement, databaseStatements, databaseVariables } from "./database-binding";
import { databaseNameOf, ENGINES, ORACLE_SERVICE, type RelationalKind, userNames } from "./engines";
import { type DatabaseProxy } from "./proxy";

export interface ServiceUsersArgs {
  readonly context: PlatformContext;
  readonly kind: RelationalKind;
  /** Name of the store in the catalogue; its database is called the same, with `_` for `-`. */
  readonly storeName: string;
  readonly endpoint: pulumi.Input<string>;
  /** The same as the endpoint where nothing but the writer answers. */
  readonly readerEndpoint: pulumi.Input<string>;
  /** Id that IAM knows the server by: `cluster-…` or `db-…`. A change makes the users again on the new server. */
  readonly resourceId: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  /** Key of the services' secrets. Changing it encrypts them anew. */
  readonly keyArn: pulumi.Input<string>;
  /** Days between two changes of a password; more for a service that reads it only at its start, which a tag then says. Default: 30. */
  readonly rotationDays?: number;
  readonly bootstrap: BootstrapFunction;
  /** Default: none. */
  readonly proxy?: DatabaseProxy;
  /** The cluster or instance: when it goes, nobody signs in to take its users away. */
  readonly server: pulumi.Resource;
  /** What must be there before anybody can sign in. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: { readonly secret?: Transform<aws.secretsmanager.SecretArgs> };
}

const ROTATION_DAYS = 30;
const READ_AT_START = "Its service reads the password only at its start";
/** A password can be made again at any time, so it need not outlive its need; in a durable environment a mistake can be taken back. */
const RECOVERY_DAYS = { durable: 7, ephemeral: 0 } as const;

/**
 * The users of the services on one server. Each service has its own: two that take turns with a password, which is made inside the VPC and
 * kept only in Secrets Manager, and one that signs in with an IAM token where the engine has that. Services that name the same store share
 * its database, each as itself, with what it asked for: read, or read and write.
 *
 * Cost: 0.40 USD a month a service and 0.05 USD per 10,000 calls (AWS Secrets Manager pricing, 2026-11).
 */
export class ServiceUsers extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: ServiceUsersArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:ServiceUsers", name, {}, options);
    this.registerOutputs();
  }

  /** Makes the service's users, lets it in, and says how it gets there. */
  bind(consumer: Consumer, access: BoundAccess): Binding {
    if (access !== "read" && access !== "write") throw new Error(`${consumer.name} cannot ${access} ${this.name}; give read or write`);
    const { kind, storeName, proxy, securityGroupId } = this.args;
    const { port, iam } = ENGINES[kind];
    const secret = this.createSecret(consumer);
    const made = this.createUsers(consumer, access, secret);
    const user = iam ? userNames(consumer.name).iamUser : undefined;
    const passages = allowPassage(consumer, { name: this.name, securityGroupId }, port, this);
    const throughProxy = proxy && user !== undefined ? proxy.admit(consumer, user) : undefined;
    const database = databaseNameOf(storeName);
    return {
      to: storeName,
      kind,
      access,
      variables: {
        ...databaseVariables(storeName, {
          host: access === "write" ? this.args.endpoint : this.args.readerEndpoint,
          readerHost: this.args.readerEndpoint,
          port,
          database: kind === "oracle" ? ORACLE_SERVICE : database,
          secretArn: secret.arn,
          user,
          schema: kind === "oracle" ? database : undefined,
          proxyHost: throughProxy?.host,
        }),
      },
      statements: [
        ...databaseStatements({ secretArn: secret.arn, keyArn: this.args.keyArn }),
        ...(user === undefined ? [] : [connectStatement(this.args.context, this.args.resourceId, user)]),
        ...(throughProxy ? [throughProxy.statement] : []),
      ],
      ready: [...passages, ...(throughProxy?.ready ?? []), made],
    };
  }

  /** The place for the password. Its value is written inside the VPC and is in no program, configuration or state. */
  private createSecret(consumer: Consumer): aws.secretsmanager.Secret {
    const { context, storeName, keyArn, rotationDays = ROTATION_DAYS, transform } = this.args;
    return new aws.secretsmanager.Secret(
      ...bend<aws.secretsmanager.SecretArgs>(
        transform?.secret,
        `${this.name}-${consumer.name}`,
        {
          description: `How ${consumer.name} signs in to ${storeName}`,
          // A fixed name could not be used again while a deleted secret of that name can still be recovered.
          namePrefix: `${context.environment}/${storeName}/${consumer.name}/`,
          kmsKeyId: keyArn,
          recoveryWindowInDays: context.durable ? RECOVERY_DAYS.durable : RECOVERY_DAYS.ephemeral,
          ...(rotationDays > ROTATION_DAYS && { tags: { "strata:because": READ_AT_START } }),
        },
        { parent: this },
      ),
    );
  }

  private createUsers(consumer: Consumer, access: "read" | "write", secret: aws.secretsmanager.Secret): pulumi.Resource {
    const { kind, storeName, bootstrap, resourceId, server, ready, rotationDays } = this.args;
    const name = `${this.name}-${consumer.name}`;
    const { passwordUsers, iamUser } = userNames(consumer.name);
    const permissions = bootstrap.allowSecret(consumer.name, secret);
    const made = new aws.lambda.Invocation(
      name,
      {
        functionName: bootstrap.functionName,
        qualifier: bootstrap.qualifier,
        // Called again when the input changes, and when the need is gone: then the users are kept out, and their tables stay.
        lifecycleScope: "CRUD",
        input: pulumi.jsonStringify({
          server: resourceId,
          secretArn: secret.arn,
          database: databaseNameOf(storeName),
          access,
          users: passwordUsers,
          ...(ENGINES[kind].iam && { iamUser }),
        }),
      },
      { parent: this, dependsOn: [bootstrap, ...permissions, ...ready], deletedWith: server },
    );
    new aws.secretsmanager.SecretRotation(
      name,
      {
        secretId: secret.id,
        rotationLambdaArn: bootstrap.arn,
        rotationRules: { automaticallyAfterDays: rotationDays ?? ROTATION_DAYS },
        rotateImmediately: false,
      },
      // Before there is a value there is nothing to rotate.
      { parent: this, dependsOn: [made, ...permissions] },
    );
    return made;
  }
}
