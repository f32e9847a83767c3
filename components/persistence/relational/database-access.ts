import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Network } from "../../network/network";
import { type PlatformContext } from "../../platform-context";
import { type Transform } from "../../transform";
import { BootstrapFunction, type BootstrapOperations } from "./bootstrap-function";
import { ENGINES, type RelationalKind } from "./engines";
import { DatabaseProxy } from "./proxy";
import { ServiceUsers } from "./service-users";

/** What the arguments of a cluster and of an instance have in common, as far as its users are concerned. */
export interface DatabaseAccessArgs {
  readonly context: PlatformContext;
  readonly kind: RelationalKind;
  readonly storeName: string;
  readonly network: Network;
  readonly keyArn: pulumi.Input<string>;
  readonly proxy?: boolean;
  readonly rotationDays?: number;
  readonly operations: BootstrapOperations;
  readonly transform?: { readonly secret?: Transform<aws.secretsmanager.SecretArgs> };
}

/** A cluster or instance that has been declared. */
export interface DatabaseServer {
  readonly resource: pulumi.Resource;
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  /** Id that IAM knows it by. */
  readonly resourceId: pulumi.Output<string>;
  readonly clusterIdentifier?: pulumi.Output<string>;
  readonly instanceIdentifier?: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly masterSecretArn: pulumi.Output<string>;
  /** Instances that must be there before anybody can sign in. */
  readonly ready: readonly pulumi.Resource[];
}

/** The ways in to a server: the function that makes users, the users, and the proxy when one is wanted. */
export function createDatabaseAccess(
  name: string,
  args: DatabaseAccessArgs,
  server: DatabaseServer,
  options: { readonly parent: pulumi.Resource },
): ServiceUsers {
  const { context, network, kind, storeName, keyArn, rotationDays, operations } = args;
  const { port, functionFile, proxyFamily } = ENGINES[kind];
  const { endpoint, readerEndpoint, resourceId, securityGroupId, masterSecretArn, ready } = server;
  const bootstrap = new BootstrapFunction(
    `${name}-users`,
    { context, network, functionFile, server: { name, host: endpoint, port, securityGroupId, masterSecretArn }, keyArn, operations },
    options,
  );
  const proxy =
    args.proxy && proxyFamily
      ? new DatabaseProxy(
          `${name}-proxy`,
          { context, network, engineFamily: proxyFamily, port, server: { ...server, name }, ready },
          options,
        )
      : undefined;
  return new ServiceUsers(
    name,
    {
      context,
      kind,
      storeName,
      endpoint,
      readerEndpoint,
      resourceId,
      securityGroupId,
      keyArn,
      rotationDays,
      bootstrap,
      proxy,
      server: server.resource,
      ready,
      transform: { secret: args.transform?.secret },
    },
    options,
  );
}
