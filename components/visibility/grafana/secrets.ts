import type * as pulumi from "@pulumi/pulumi";
import { FOLDERS, VALUES } from "./layout";
import { type SecretPart } from "./start-script";

/** A secret that Grafana reads: the whole of it from `file`, or parts of it. */
export interface GrafanaSecret {
  readonly file: string;
  readonly arn: pulumi.Input<string>;
  readonly parts: readonly Omit<SecretPart, "from">[];
}

/** ARNs of the secrets there are for Grafana to read. */
export interface SecretArns {
  /** Of its administrator's login. */
  readonly admin: pulumi.Input<string>;
  /** Of a login whose password encrypts what it keeps. */
  readonly encryption: pulumi.Input<string>;
  /** Of its database's login. */
  readonly database?: pulumi.Input<string> | undefined;
  /** What it shows the issuer of sign-ins. */
  readonly client?: pulumi.Input<string> | undefined;
  /** Of the login of the log store. */
  readonly logs?: pulumi.Input<string> | undefined;
  /** The key of a hosted metrics store, as plain text. */
  readonly metrics?: pulumi.Input<string> | undefined;
}

/** The secrets that Grafana reads, and the files in which it finds their parts. */
export function grafanaSecrets({ admin, encryption, database, client, logs, metrics }: SecretArns): GrafanaSecret[] {
  const secret = (name: string, arn: pulumi.Input<string>, parts: Readonly<Record<string, string>>): GrafanaSecret => ({
    file: `${FOLDERS.secrets}/${name}`,
    arn,
    parts: Object.entries(parts).map(([key, to]) => ({ key, to })),
  });
  return [
    secret("admin", admin, { password: VALUES.adminPassword }),
    secret("encryption", encryption, { password: VALUES.encryptionKey }),
    ...(database !== undefined ? [secret("database", database, { username: VALUES.databaseUser, password: VALUES.databasePassword })] : []),
    ...(client !== undefined ? [secret("client", client, { secret: VALUES.clientSecret })] : []),
    ...(logs !== undefined ? [secret("logs", logs, { username: VALUES.logsUser, password: VALUES.logsPassword })] : []),
    ...(metrics !== undefined ? [{ file: VALUES.metricsKey, arn: metrics, parts: [] }] : []),
  ];
}
