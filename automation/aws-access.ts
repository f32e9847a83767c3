import { type STSClientConfig } from "@aws-sdk/client-sts";

/** How a client of the AWS SDK reaches AWS. */
export type AwsAccess = Pick<STSClientConfig, "credentials" | "endpoint" | "profile">;

/**
 * Access with the credentials of some environment variables, so that what we ask AWS ourselves is asked by whom the engine works for, also where
 * a program gives the engine others than its own.
 *
 * Keys come before a profile, as for the engine's providers and back ends (AWS SDK for Go v2, "Specifying Credentials", 2026-11); the SDK for
 * JavaScript would take the profile. Default: the SDK's own chain.
 */
export function awsAccess(env: Readonly<Record<string, string | undefined>>): AwsAccess {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_PROFILE: profile,
  } = env;
  if (accessKeyId && secretAccessKey) return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
  return profile ? { profile } : {};
}
