import * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../../iam";
import { type PlatformContext } from "../../platform-context";
import { variablePrefix } from "../../service/binding";
import { secretKeyStatement } from "./bootstrap-function";

/** How a service reaches a database. */
export interface DatabaseAddress {
  /** Where the service's access is served: the writer for write, a reader for read. */
  readonly host: pulumi.Input<string>;
  readonly readerHost: pulumi.Input<string>;
  readonly port: number;
  /** What a driver opens; for Oracle the service. */
  readonly database: string;
  /** ARN of the secret with the keys `username` and `password`, and the address again. */
  readonly secretArn: pulumi.Input<string>;
  /** User that signs in with an IAM token. Who signs in with a password takes the name from the secret too: it changes with each rotation. */
  readonly user: string | undefined;
  /** Schema of Oracle that holds the tables. */
  readonly schema: string | undefined;
  /** Host of the proxy, for functions and with an IAM token only. */
  readonly proxyHost: pulumi.Input<string> | undefined;
}

/** Variables of a service, whose names start with the store's: `ORDERS_DB_HOST`. Those that do not apply are left out. */
export function databaseVariables(storeName: string, address: DatabaseAddress): Record<string, pulumi.Input<string>> {
  const prefix = variablePrefix(storeName, "DB");
  const variables: Record<string, pulumi.Input<string> | undefined> = {
    [`${prefix}_HOST`]: address.host,
    [`${prefix}_READER_HOST`]: address.readerHost,
    [`${prefix}_PORT`]: String(address.port),
    [`${prefix}_NAME`]: address.database,
    [`${prefix}_SCHEMA`]: address.schema,
    [`${prefix}_USER`]: address.user,
    [`${prefix}_PROXY_HOST`]: address.proxyHost,
    [`${prefix}_SECRET_ARN`]: address.secretArn,
  };
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * Reading the one secret at run time, not having it injected at start: a rotated password then needs no deployment.
 * Without statement ids: a service may have several databases, and ids would clash.
 */
export function databaseStatements(ids: { readonly secretArn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> }): Statement[] {
  return [
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: ids.secretArn },
    secretKeyStatement(ids.keyArn, ids.secretArn, "kms:Decrypt"),
  ];
}

/** Signing in as one user with an IAM token (RDS user guide, "Creating and using an IAM policy for IAM database access", 2026-11). */
export function connectStatement({ region, accountId }: PlatformContext, resourceId: pulumi.Input<string>, user: string): Statement {
  return {
    Effect: "Allow",
    Action: "rds-db:connect",
    Resource: pulumi.interpolate`arn:aws:rds-db:${region}:${accountId}:dbuser:${resourceId}/${user}`,
  };
}
