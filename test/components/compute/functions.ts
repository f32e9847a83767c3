import type * as aws from "@pulumi/aws";
import { bundleServices } from "../../../components/compute/lambda-faults";
import { HttpApi, type HttpApiArgs } from "../../../components/compute/http-api";
import { type Rollout } from "../../../components/compute/lambda-function";
import { LambdaPlace } from "../../../components/compute/lambda-place";
import { type EventSources } from "../../../components/compute/triggers/event-sources";
import { Network } from "../../../components/network/network";
import { ServiceBucket } from "../../../components/persistence/bucket";
import { LayerKey } from "../../../components/persistence/layer-key";
import { ServiceQueue } from "../../../components/persistence/queue";
import { ServiceSecret } from "../../../components/persistence/secret";
import { type Bindable } from "../../../components/service/binding";
import { Descriptor } from "../../../components/service/descriptor";
import { NO_TELEMETRY } from "../../../components/visibility/telemetry";
import { Service } from "../../../components/service/service";
import { type PlannedResource } from "../../../plan/graph";
import { readCatalogue } from "../../../stacks/catalogue";
import { recordProgram, ROOT, TEST_CONTEXT as context } from "../../harness";

/** A descriptor of the catalogue. */
export function ofCatalogue(name: string): Descriptor {
  const entry = readCatalogue(ROOT).entries.find(({ descriptor }) => descriptor.name === name);
  if (!entry) throw new Error(`no service ${name} in the catalogue`);
  return entry.descriptor;
}

/** A descriptor like one of the catalogue with a handler, changed. */
export function likeThumbnails(name: string, change: Readonly<Record<string, unknown>>): Descriptor {
  return Descriptor.parse({
    name,
    summary: "A service of a test",
    run: { handler: "handler.ts" },
    demand: { average: "1/s", peak: "10/s", shape: "spiky", duration: "1s", memory: "512MiB", start: "1s" },
    ...change,
  });
}

const ARN = `${context.region}:${context.accountId}`;
export const CLUSTER_ARN = `arn:aws:kafka:${ARN}:cluster/events/0b1f6e4a-7d4b-4c55-9d9a-2f1f3a3f7a10-5`;
export const BROKER_ARN = `arn:aws:mq:${ARN}:broker:work:b-1234`;
const LOGIN_ARN = `arn:aws:secretsmanager:${ARN}:secret:login-abcdef`;
const LOGIN_KEY = `arn:aws:kms:${ARN}:key/1234`;

/** Stores that other components make, as far as a function sees them. */
const STANDING_IN: Readonly<Record<"table" | "topic", (name: string) => Bindable>> = {
  table: (name) => ({
    bind: (_, access) => ({
      to: name,
      kind: "table",
      access,
      variables: { [`${name.toUpperCase()}_TABLE`]: name },
      statements: [
        {
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
          Resource: `arn:aws:dynamodb:${ARN}:table/${name}`,
        },
      ],
      ready: [],
    }),
  }),
  topic: (name) => ({
    bind: (_, access) => ({
      to: name,
      kind: "topic",
      access,
      variables: {},
      statements: [
        {
          Effect: "Allow",
          Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
          Resource: CLUSTER_ARN.replace(":cluster/", ":topic/") + `/${name}`,
        },
      ],
      ready: [],
    }),
  }),
};

/** Records services as functions, with the stores they need. */
export async function recordFunctions(
  descriptors: readonly Descriptor[],
  settings: {
    readonly secrets?: Readonly<Record<string, string>>;
    readonly rollout?: Rollout;
    readonly api?: Partial<HttpApiArgs>;
    readonly visibilitySeconds?: number;
    /** False collects no traces. Default: true. */
    readonly traced?: boolean;
  } = {},
): Promise<PlannedResource[]> {
  return recordProgram((options) => {
    const network = createNetwork(options);
    const key = new LayerKey("persistence", { context, description: "Data", services: [] }, options);
    const buckets = new Map<string, ServiceBucket>();
    const queues = new Map<string, ServiceQueue>();
    const keep = <Store>(stores: Map<string, Store>, name: string, make: () => Store): Store => {
      const store = stores.get(name) ?? make();
      stores.set(name, store);
      return store;
    };
    const bucket = (name: string) =>
      keep(
        buckets,
        name,
        () => new ServiceBucket(`${name}-bucket`, { context, bucketName: name, keyArn: key.arn, noncurrentDays: 30 }, options),
      );
    const queue = (name: string) =>
      keep(
        queues,
        name,
        () =>
          new ServiceQueue(
            `${name}-queue`,
            { context, queueName: name, keyArn: key.arn, visibilitySeconds: settings.visibilitySeconds ?? 60 },
            options,
          ),
      );
    const sources: EventSources = {
      bucket,
      topic: (topic) => ({ clusterArn: CLUSTER_ARN, topic, ready: [] }),
      queue: (name) =>
        name === "work" ? { kind: "activemq", brokerArn: BROKER_ARN, queue: name, secretArn: LOGIN_ARN, keyArn: LOGIN_KEY } : queue(name),
    };
    let api: HttpApi | undefined;
    const place = new LambdaPlace({
      context,
      network,
      bundles: bundlesOf(descriptors),
      sizing: ({ demand }) => ({ memory: demand.memory, reservedConcurrency: 20 }),
      api: () =>
        (api ??= new HttpApi(
          "public",
          {
            context,
            throttling: { rate: 1_000, burst: 2_000 },
            inside: { vpcId: network.vpcId, subnetIds: network.privateSubnetIds },
            logDays: 7,
            logKeyArn: key.arn,
            ...settings.api,
          },
          options,
        )),
      sources,
      keyArn: () => key.arn,
      rollout: () => settings.rollout,
      alarmTopicArn: `arn:aws:sns:${ARN}:alarms`,
    });
    for (const descriptor of descriptors) {
      const service = new Service(
        descriptor.name,
        {
          context,
          network,
          descriptor,
          place,
          placement: { target: "lambda", monthlyUsd: {} },
          owner: "tests",
          logDays: 7,
          logKeyArn: key.arn,
          telemetry: { internetReasons: () => [], of: () => ({ ...NO_TELEMETRY, xray: settings.traced ?? true }) },
        },
        options,
      );
      const secret = settings.secrets?.[descriptor.name];
      service.run([
        ...(descriptor.needs ?? []).flatMap((need) => {
          if ("bucket" in need) return [bucket(need.bucket).bind(service, need.access)];
          if ("table" in need) return [STANDING_IN.table(need.table).bind(service, need.access)];
          if ("topic" in need) return [STANDING_IN.topic(need.topic).bind(service, need.access)];
          if ("queue" in need && need.queue !== "work") return [queue(need.queue).bind(service, need.access)];
          return [];
        }),
        ...(secret ? [new ServiceSecret(secret, { context, secretName: secret, keyArn: key.arn }, options).bind(service, "read")] : []),
      ]);
    }
    api?.publish();
  });
}

function bundlesOf(descriptors: readonly Descriptor[]) {
  const { bundles, faults } = bundleServices(
    ROOT,
    descriptors.map((descriptor) => {
      const known = ["thumbnails", "payments-webhook", "notifications"].includes(descriptor.name);
      return { file: `services/${known ? descriptor.name : "thumbnails"}/service.yaml`, descriptor };
    }),
  );
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return bundles;
}

function createNetwork(options: { readonly providers: { readonly aws: aws.Provider } }): Network {
  return new Network(
    "network",
    {
      cidr: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      region: context.region,
      nat: "single",
      gatewayEndpoints: ["s3", "dynamodb"],
      interfaceEndpoints: [],
      flowLogDays: 7,
      durable: false,
    },
    options,
  );
}
