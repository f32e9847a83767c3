import * as pulumi from "@pulumi/pulumi";
import { allowPassage } from "../../network/passage";
import { type Bindable, type Binding, type BoundAccess, type Consumer } from "../../service/binding";
import { databaseStatements, databaseVariables } from "./database-binding";
import { ENGINES, type RelationalKind } from "./engines";

/** What is known of a database that exists already. */
export interface DatabaseIds {
  readonly kind: RelationalKind;
  /** Name of the store in the catalogue, which the variables start with. */
  readonly storeName: string;
  readonly endpoint: pulumi.Input<string>;
  /** Default: the endpoint. */
  readonly readerEndpoint?: pulumi.Input<string>;
  /** Default: the engine's own. */
  readonly port?: number;
  /** Name of the database on the server. */
  readonly databaseName: string;
  readonly securityGroupId: pulumi.Input<string>;
  /** ARN of the secret with the keys `username` and `password` that its services share; making and rotating users stays with its owner. */
  readonly secretArn: pulumi.Input<string>;
  /** Key the secret is encrypted with. */
  readonly keyArn: pulumi.Input<string>;
}

/** A database made elsewhere; nothing of it is created or changed but the rules that let services in. */
export class AdoptedDatabase implements Bindable {
  constructor(
    private readonly name: string,
    private readonly ids: DatabaseIds,
    private readonly options?: { readonly parent?: pulumi.Resource },
  ) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    const { kind, storeName, endpoint, databaseName, securityGroupId, secretArn, keyArn } = this.ids;
    if (access !== "read" && access !== "write") throw new Error(`${consumer.name} cannot ${access} ${this.name}; give read or write`);
    const readerHost = this.ids.readerEndpoint ?? endpoint;
    const port = this.ids.port ?? ENGINES[kind].port;
    return {
      to: storeName,
      kind,
      access,
      variables: databaseVariables(storeName, {
        host: access === "write" ? endpoint : readerHost,
        readerHost,
        port,
        database: databaseName,
        secretArn,
        user: undefined,
        schema: undefined,
        proxyHost: undefined,
      }),
      statements: databaseStatements({ secretArn, keyArn }),
      ready: allowPassage(consumer, { name: this.name, securityGroupId }, port, this.options?.parent ?? pulumi.rootStackResource),
    };
  }
}
