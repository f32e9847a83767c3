import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { TARGETS } from "../components/service/descriptor";
import { APM_KINDS } from "../components/visibility/apm/apm";

/**
 * Version of what a stack exports. It goes up when an output is renamed, removed or changes its meaning, and not when one is added: whoever reads
 * an older one finds all that it knows.
 */
export const OUTPUTS_VERSION = 1;

const arn = z.string().startsWith("arn:");

const binding = z.object({ to: z.string(), kind: z.string(), access: z.string(), variables: z.array(z.string()) });

const service = z.object({
  target: z.enum(TARGETS).describe("Where it runs."),
  reason: z.string().describe("What decided that."),
  waitingFor: z
    .array(z.string())
    .describe("What it still waits for; empty when nothing. A service without one of its stores runs without it."),
  bindings: z.array(binding).describe("Names of variables, never their values."),
  securityGroupId: z.string().describe("Group its tasks, functions or pods run in."),
  port: z.number().optional().describe("Port that other services call; absent when it takes no calls."),
});

const network = z.object({
  vpcId: z.string(),
  privateSubnetIds: z.array(z.string()),
  endpointSecurityGroupId: z.string().optional().describe("Group of the interface endpoints; absent when there are none."),
  s3PrefixListId: z.string().optional(),
  dynamodbPrefixListId: z.string().optional(),
  hasNat: z.boolean().describe("True when the private tier has a way out to the internet."),
  privateServices: z.array(z.string()).describe("AWS services reached inside the VPC, by the names of their endpoints."),
});

const cluster = z.object({
  arn,
  name: z.string(),
  namespaceArn: arn.describe("Namespace of Service Connect."),
  countsTasks: z.boolean(),
  instances: z
    .object({ onDemand: z.string(), spot: z.string().optional(), architecture: z.enum(["ARM64", "X86_64"]).optional() })
    .optional()
    .describe("Capacity providers of its instances; absent where it has Fargate only."),
});

const loadBalancer = z.object({
  name: z.string(),
  listenerArn: arn,
  arnSuffix: z.string(),
  securityGroupId: z.string(),
  serverName: z.string().optional(),
});

const endpoint = z.object({ host: z.string(), port: z.number(), securityGroupId: z.string().optional() });

const named = { keyArn: arn, region: z.string() };

const login = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("iam"), clusterArn: arn }),
  z.object({ kind: z.literal("scram"), secretArn: arn, keyArn: arn }),
]);

const store = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("table"), tableName: z.string(), name: z.string(), arn, hasIndexes: z.boolean(), ...named }),
  z.object({ kind: z.literal("bucket"), bucketName: z.string(), id: z.string(), ...named }),
  z.object({ kind: z.literal("sqs"), queueName: z.string(), arn, url: z.string(), visibilitySeconds: z.number(), ...named }),
  z.object({ kind: z.literal("secret"), secretName: z.string(), arn, keyArn: arn }),
  z.object({
    kind: z.literal("topic"),
    topic: z.string(),
    cluster: z.string().describe("Name of the Kafka cluster."),
    bootstrapServers: z.string(),
    securityGroupId: z.string(),
    port: z.number(),
    login,
  }),
]);

const swap = z.object({ store: z.string(), property: z.string(), here: z.string(), durable: z.string() });

/** What a stack of the platform exports, as another project reads it: names and ARNs, never the value of a secret. */
export const PlatformFacts = z.object({
  version: z.number().describe("Version of these outputs."),
  environment: z.string(),
  region: z.string(),
  accountId: z.string(),
  durable: z.boolean().describe("True where losing data or a zone must not stop the business."),
  decommissioning: z.boolean().default(false).describe("True while it is taken down: nothing is protected from deletion any more."),
  owner: z.string().describe("Team that owns the environment."),
  costCentre: z.string(),
  network,
  keys: z
    .object({
      visibility: arn,
      persistence: arn.optional().describe("Absent where there is no store."),
      compute: arn.optional().describe("Absent where nothing of compute is encrypted."),
    })
    .describe("Customer keys of the layers."),
  cluster: cluster.optional().describe("The ECS cluster; absent when no service runs as tasks."),
  loadBalancer: loadBalancer.optional().describe("What sends the internet's requests to containers; absent when there are none."),
  routes: z.record(z.string(), z.number()).describe("Priority on the load balancer of each path that is taken."),
  api: z.object({ id: z.string(), executionArn: arn }).optional().describe("The HTTP API; absent when no function is called over HTTP."),
  url: z.string().optional().describe("Base of the public URLs of containers; absent when the internet calls none."),
  apiUrl: z.string().optional().describe("Base of the public URLs of functions; absent when the internet calls none."),
  compute: z
    .object({
      spotShare: z.number(),
      runsInstances: z.boolean(),
      ec2Packing: z.number(),
      savings: z.object({ lambda: z.number(), fargate: z.number(), ec2: z.number() }),
      instanceTypes: z.array(z.string()).describe("Instance types of the cluster."),
      minimumCopies: z.number(),
      maximumCopies: z.number(),
    })
    .describe("What placement and sizes are decided by."),
  logs: z
    .object({
      days: z.number(),
      search: z.enum(["none", "loki", "opensearch"]).describe("Where lines are searched."),
      subscribed: z.boolean().describe("True when lines of every log group of the account go there."),
    })
    .describe("Where logs go."),
  alarms: z.object({ arn, criticalArn: arn, latencyTarget: z.number().describe("Milliseconds.") }).describe("Topics of alarms."),
  apm: z
    .object({
      kind: z.enum(APM_KINDS),
      endpoint: z.string().optional(),
      keySecretArn: z.string().optional(),
      keyArn: z.string().optional(),
      header: z.string(),
      controller: z.object({ host: z.string(), account: z.string() }).optional(),
      sampling: z.number(),
    })
    .describe("Where traces go."),
  metrics: z
    .object({ plaintext: endpoint, statsd: endpoint, intervalSeconds: z.number() })
    .optional()
    .describe("Where fine metrics go; absent where CloudWatch has them alone."),
  services: z.record(z.string(), service),
  stores: z
    .record(z.string(), store)
    .describe("Stores that services of other projects may be bound to, by kind and name: `table/sessions`."),
  swaps: z.array(swap).describe("Where a store is cheaper than a durable environment would have it; empty in a durable one."),
});
export type PlatformFacts = z.infer<typeof PlatformFacts>;

/** A store of a platform, as another project adopts it. */
export type StoreFacts = PlatformFacts["stores"][string];

/** A value as a program exports it: any part may only be known once it is made. */
export type Exported<Value> = pulumi.Input<
  Value extends readonly (infer Item)[]
    ? readonly Exported<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Exported<Value[Key]> }
      : Value
>;

/** What a stack exports; `PlatformReference` reads it back. */
export type PlatformOutputs = { readonly [Key in keyof PlatformFacts]: Exported<PlatformFacts[Key]> };

/** What a stack says of one service. */
export type ServiceOutput = PlatformFacts["services"][string];
