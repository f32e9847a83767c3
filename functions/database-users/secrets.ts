import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { setTimeout as sleep } from "node:timers/promises";
import { SeenSecrets } from "./clean";

/** Who signs in: the part of a secret that RDS writes for the master user too. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A service's secret, with the keys that the rotation functions and drivers of AWS read. */
export interface ServiceSecret extends Credentials {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
}

export const CURRENT = "AWSCURRENT";
export const PENDING = "AWSPENDING";

const RETRIES = 12;
const RETRY_MS = 5_000;

/** The secrets the function works with, by ARN. */
export class Secrets {
  /** Every password that was read or written. */
  readonly seen = new SeenSecrets();

  /** @param waitMs milliseconds between attempts while a new permission has not reached every part of IAM. */
  constructor(
    private readonly client: Pick<SecretsManagerClient, "send">,
    private readonly waitMs: number = RETRY_MS,
  ) {}

  /** The master user's credentials. */
  async credentials(arn: string): Promise<Credentials> {
    const value = await this.text(arn, CURRENT);
    if (value === undefined) throw new Error(`secret ${arn} has no value`);
    return this.noted(parse<Credentials>(arn, value, ["username", "password"]));
  }

  /** @returns a version of a service's secret, undefined when there is none yet. */
  async read(arn: string, stage: string, version?: string): Promise<ServiceSecret | undefined> {
    const value = await this.text(arn, stage, version);
    if (value === undefined) return undefined;
    return this.noted(parse<ServiceSecret>(arn, value, ["engine", "host", "port", "dbname", "username", "password"]));
  }

  /** Writes a version; with a token it is the one of a rotation. */
  async write(arn: string, secret: ServiceSecret, stage: string, token?: string): Promise<void> {
    this.noted(secret);
    await this.permitted(() =>
      this.client.send(
        new PutSecretValueCommand({
          SecretId: arn,
          SecretString: JSON.stringify(secret),
          VersionStages: [stage],
          ...(token !== undefined && { ClientRequestToken: token }),
        }),
      ),
    );
  }

  /** Stages by version. */
  async versions(arn: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const { VersionIdsToStages: versions } = await this.permitted(() => this.client.send(new DescribeSecretCommand({ SecretId: arn })));
    return versions ?? {};
  }

  /** Makes a version the current one. */
  async promote(arn: string, version: string, previous: string | undefined): Promise<void> {
    await this.permitted(() =>
      this.client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: arn,
          VersionStage: CURRENT,
          MoveToVersionId: version,
          ...(previous !== undefined && { RemoveFromVersionId: previous }),
        }),
      ),
    );
  }

  private noted<Secret extends Credentials>(secret: Secret): Secret {
    this.seen.add(secret.password);
    return secret;
  }

  private async text(arn: string, stage: string, version?: string): Promise<string | undefined> {
    try {
      const { SecretString: value } = await this.permitted(() =>
        this.client.send(
          new GetSecretValueCommand({ SecretId: arn, VersionStage: stage, ...(version !== undefined && { VersionId: version }) }),
        ),
      );
      return value;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  /** A role's new policy takes some seconds until every endpoint knows it (IAM user guide, "Changes that I make are not always immediately visible", 2026-11). */
  private async permitted<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "AccessDeniedException" || attempt === RETRIES) throw error;
        await sleep(this.waitMs);
      }
    }
  }
}

/** Never says what the secret holds. */
function parse<Secret>(arn: string, text: string, keys: readonly (keyof Secret & string)[]): Secret {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`secret ${arn} is not JSON`);
  }
  const missing = keys.filter((key) => typeof value !== "object" || value === null || !(key in value));
  if (missing.length > 0) throw new Error(`secret ${arn} lacks ${missing.join(", ")}`);
  return value as Secret;
}
