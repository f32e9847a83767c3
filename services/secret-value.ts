import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

const KEEP_MS = 5 * 60 * 1_000;

/**
 * Reads a secret at run time, and again every five minutes, so that a rotated one needs no deployment.
 * @param now milliseconds since 1970.
 */
export function secretReader(client: SecretsManagerClient, arn: string, now: () => number = Date.now): () => Promise<string> {
  let kept: { readonly value: string; readonly until: number } | undefined;
  return async () => {
    if (kept && now() < kept.until) return kept.value;
    const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (!value) throw new Error(`secret ${arn} has no text`);
    kept = { value, until: now() + KEEP_MS };
    return value;
  };
}
