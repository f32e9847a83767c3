import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../iam";
import { type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { type ObservedCache, type ObservedStore } from "../visibility/alarms/observed";
import { type CacheAccessLevel, keyPrefix } from "./cache-acl";
import { SharedPassage } from "./shared-passage";
import { readStoreSecret } from "./store-secret";

/** How a service proves who it is to a cache. */
export type CacheLogin =
  | {
      /** A token that the service's role signs, valid 15 minutes for logging in; a connection lives 12 hours. */
      readonly kind: "iam";
      /** ARN of the replication group or serverless cache. */
      readonly cacheArn: pulumi.Input<string>;
      /** Name the token is signed for: id of the replication group, or name of the serverless cache. */
      readonly cacheName: pulumi.Input<string>;
      readonly serverless: boolean;
      /** Id of the user, which is also its name. */
      readonly user: pulumi.Input<string>;
      readonly userArn: pulumi.Input<string>;
      readonly ready?: readonly pulumi.Resource[];
    }
  | {
      /** A user and a password in a secret with the keys `username` and `password`. */
      readonly kind: "secret";
      readonly secretArn: pulumi.Input<string>;
      readonly keyArn: pulumi.Input<string>;
      readonly ready?: readonly pulumi.Resource[];
    };

/** Where a cache is. */
export interface CacheEndpoint {
  readonly host: pulumi.Input<string>;
  /** Answers reads from the replicas; the same as `host` where there are none. */
  readonly readerHost: pulumi.Input<string>;
  readonly port: number;
  /** True when connections are encrypted. */
  readonly tls: boolean;
  readonly securityGroupId: pulumi.Input<string>;
}

/** What is known of a cache that exists already. */
export interface CacheIds extends CacheEndpoint {
  /** Login of whoever is bound; its rules are whoever's who runs the cache. */
  readonly login: CacheLogin;
}

/** What a service may do with its keys, and how it gets to the cache; the same for a managed, a self-managed and an adopted one. */
export class CacheAccess {
  private readonly passage: SharedPassage;

  constructor(
    private readonly name: string,
    private readonly endpoint: CacheEndpoint,
    private readonly login: (consumer: Consumer, prefix: string, access: CacheAccessLevel) => CacheLogin,
    parent: pulumi.Resource,
    private readonly ready: readonly pulumi.Resource[],
    private readonly observed?: ObservedCache,
  ) {
    this.passage = new SharedPassage({ name, securityGroupId: endpoint.securityGroupId }, endpoint.port, parent);
  }

  /** The keys that start with `<prefix>:`. */
  prefix(prefix: string): ObservedStore {
    const { name, observed: cache } = this;
    return {
      observed: cache ? { kind: "prefix", name: `${name}-${prefix}`, prefix, cache } : { kind: "adopted", name, what: "cache" },
      bind: (consumer, access) => this.bind(prefix, consumer, access),
    };
  }

  private bind(prefix: string, consumer: Consumer, access: BoundAccess): Binding {
    if (access !== "read" && access !== "write") throw new Error(`${consumer.name} cannot ${access} cache ${prefix}; give read or write`);
    const { endpoint } = this;
    const login = this.login(consumer, prefix, access);
    const start = variablePrefix(prefix, "CACHE");
    return {
      to: prefix,
      kind: "cache",
      access,
      variables: {
        [`${start}_HOST`]: endpoint.host,
        [`${start}_READER_HOST`]: endpoint.readerHost,
        [`${start}_PORT`]: String(endpoint.port),
        [`${start}_TLS`]: String(endpoint.tls),
        [`${start}_PREFIX`]: keyPrefix(prefix),
        ...loginVariables(start, login),
      },
      statements: login.kind === "iam" ? connectStatements(login) : readStoreSecret(login),
      ready: [...this.passage.open(consumer), ...this.ready, ...(login.ready ?? [])],
    };
  }
}

function loginVariables(start: string, login: CacheLogin): Record<string, pulumi.Input<string>> {
  return login.kind === "iam"
    ? {
        [`${start}_LOGIN`]: login.serverless ? "iam-serverless" : "iam",
        [`${start}_NAME`]: login.cacheName,
        [`${start}_USER`]: login.user,
      }
    : { [`${start}_LOGIN`]: "secret", [`${start}_SECRET_ARN`]: login.secretArn };
}

/** Amazon ElastiCache user guide, "Authenticating with IAM" (2026-11): the right is on the cache and on the user, both. */
function connectStatements({ cacheArn, userArn }: Extract<CacheLogin, { kind: "iam" }>): Statement[] {
  return [{ Effect: "Allow", Action: "elasticache:Connect", Resource: [cacheArn, userArn] }];
}
