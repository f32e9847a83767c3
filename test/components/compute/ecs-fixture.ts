import * as pulumi from "@pulumi/pulumi";
import { EcsCluster, type EcsClusterArgs } from "../../../components/compute/ecs-cluster";
import { EcsPlace } from "../../../components/compute/ecs-place";
import { type EcsServicePlaceArgs } from "../../../components/compute/ecs-service-place";
import { FargatePlace } from "../../../components/compute/fargate-place";
import { JobPlace, type JobPlaceArgs } from "../../../components/compute/job-place";
import { LoadBalancer } from "../../../components/compute/load-balancer";
import { type EventSources } from "../../../components/compute/triggers/event-sources";
import { Network } from "../../../components/network/network";
import { type Descriptor } from "../../../components/service/descriptor";
import { Service } from "../../../components/service/service";
import { ServiceLogs } from "../../../components/visibility/service-logs";
import { TEST_CONTEXT } from "../../harness";

export const KEY = "arn:aws:kms:us-east-1:111122223333:key/6f1c0f1e-0000-4000-a000-000000000000";
export const TOPIC = "arn:aws:sns:us-east-1:111122223333:alarms";
/** An image that no way to the internet is needed for. */
export const IMAGE = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/orders:1.4.2";

/** Queues `orders` and `media-jobs`, and the bucket `uploads`. */
const SOURCES: Pick<EventSources, "queue" | "bucket"> = {
  queue: (name) =>
    ["orders", "media-jobs"].includes(name)
      ? { kind: "sqs", arn: pulumi.output(`arn:aws:sqs:us-east-1:111122223333:${name}-1a2b3c4`), visibilitySeconds: 900 }
      : undefined,
  bucket: (name) => (name === "uploads" ? { id: pulumi.output("uploads-1a2b3c4"), sendsEvents: [] } : undefined),
};

/** What a service or job of ECS stands on, in an environment whose AWS services all have endpoints. */
export class EcsFixture {
  readonly network: Network;
  readonly cluster: EcsCluster;
  readonly places: { readonly fargate: FargatePlace; readonly ecs: EcsPlace; readonly "fargate-job": JobPlace };

  constructor(
    private readonly options: pulumi.ComponentResourceOptions,
    {
      instances,
      containerInsights = "enabled",
      service = {},
      job = {},
    }: {
      readonly instances?: (network: Network) => EcsClusterArgs["instances"];
      readonly containerInsights?: EcsClusterArgs["containerInsights"];
      readonly service?: Partial<EcsServicePlaceArgs>;
      readonly job?: Partial<JobPlaceArgs>;
    } = {},
  ) {
    const context = TEST_CONTEXT;
    this.network = new Network(
      "network",
      {
        cidr: "10.0.0.0/16",
        availabilityZones: ["us-east-1a", "us-east-1b"],
        region: context.region,
        nat: "none",
        gatewayEndpoints: ["s3"],
        interfaceEndpoints: ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs", "secretsmanager"],
        flowLogDays: 1,
        durable: false,
      },
      options,
    );
    this.cluster = new EcsCluster(
      "containers",
      { containerInsights, execLogGroup: "exec", keyArn: KEY, instances: instances?.(this.network) },
      options,
    );
    let balancer: LoadBalancer | undefined;
    const common = { context, network: this.network, cluster: this.cluster, alarmTopicArn: TOPIC };
    const forServices: EcsServicePlaceArgs = {
      ...common,
      loadBalancer: () =>
        (balancer ??= new LoadBalancer(
          "public",
          { context, vpcId: this.network.vpcId, internal: false, subnetIds: this.network.publicSubnetIds, logDays: 1 },
          options,
        )),
      priorities: new Map([["/orders", 7]]),
      sizing: () => ({ cpu: 512, memory: 1024, minimumCopies: 2, maximumCopies: 6, requestsPerMinute: 900 }),
      spotShare: 0.5,
      latencyTarget: 300,
      sources: SOURCES,
      ...service,
    };
    this.places = {
      fargate: new FargatePlace(forServices),
      ecs: new EcsPlace(forServices),
      "fargate-job": new JobPlace({
        ...common,
        sizing: () => ({ cpu: 4096, memory: 8192, atOnce: 20 }),
        sources: SOURCES,
        ...job,
      }),
    };
  }

  /** Runs a service of the catalogue in a place. */
  run(target: keyof EcsFixture["places"], descriptor: Descriptor): void {
    new Service(
      descriptor.name,
      {
        context: TEST_CONTEXT,
        network: this.network,
        descriptor,
        place: this.places[target],
        placement: { target, monthlyUsd: {} },
        owner: "shop",
        logDays: 1,
        logKeyArn: KEY,
      },
      this.options,
    ).run([]);
  }

  logs(name: string): ServiceLogs {
    return new ServiceLogs(name, { context: TEST_CONTEXT, retentionDays: 1, keyArn: KEY }, this.options);
  }
}

/** Instances of both markets, as an environment with Spot has them. */
export function instances(network: Network): EcsClusterArgs["instances"] {
  const common = { context: TEST_CONTEXT, network, instanceTypes: ["m7g.large", "m7g.xlarge"], keyArn: KEY };
  return { onDemand: { ...common, maximum: 10 }, spot: { ...common, maximum: 20 } };
}

/** A descriptor with what a test does not care about filled in. */
export function descriptor(change: Partial<Descriptor> & Pick<Descriptor, "name" | "run">): Descriptor {
  return {
    summary: "Stands in for a service of the catalogue",
    demand: { average: 40, peak: 300, shape: "steady", duration: 80, memory: 512, start: 3000 },
    place: "auto",
    ...change,
  };
}
