import type * as pulumi from "@pulumi/pulumi";
import { type Bundle } from "../components/compute/bundle";
import { EcsCluster } from "../components/compute/ecs-cluster";
import { EcsPlace } from "../components/compute/ecs-place";
import { type EcsServicePlaceArgs } from "../components/compute/ecs-service-place";
import { FargatePlace } from "../components/compute/fargate-place";
import { HttpApi } from "../components/compute/http-api";
import { JobPlace } from "../components/compute/job-place";
import { LambdaPlace } from "../components/compute/lambda-place";
import { LoadBalancer } from "../components/compute/load-balancer";
import { routePriorities } from "../components/compute/route-priority";
import { type TaskCluster } from "../components/compute/task-cluster";
import { type ServiceNetwork } from "../components/network/service-network";
import { LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type Place } from "../components/service/place";
import { type PlatformFacts } from "./outputs";
import { type Placement } from "./placement";
import { type ReferencedStores } from "./referenced-stores";
import { functionSizing, jobSizing, type SizingConfig, taskSizing } from "./sizing";

/**
 * Where a service of another project can run. Agents on the nodes of EKS are told which services there are, so the cluster takes those of the
 * platform's own catalogue alone.
 */
export const REFERENCED_TARGETS: readonly Target[] = ["lambda", "fargate", "fargate-job", "ecs"];

/** What the places of a platform are referred to with. */
export interface ReferencedPlacesArgs {
  readonly facts: PlatformFacts;
  readonly context: PlatformContext;
  readonly network: ServiceNetwork;
  readonly sources: ReferencedStores;
  readonly sizing: SizingConfig;
  readonly placement: Placement;
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly parent: pulumi.Resource;
}

/** The place of a service on a platform that runs. What it lacks has been refused before: see `referenceFaults`. */
export function referencedPlace(args: ReferencedPlacesArgs): Place {
  const { target } = args.placement;
  switch (target) {
    case "fargate":
      return new FargatePlace(tasks(args));
    case "ecs":
      return new EcsPlace(tasks(args));
    case "fargate-job":
      return jobs(args);
    case "lambda":
      return functions(args);
    case "eks":
    case "eks-stateful":
      throw new Error(`a service of another project is placed on ${target}`);
  }
}

function cluster({ facts }: ReferencedPlacesArgs): TaskCluster {
  if (!facts.cluster) throw new Error(`${facts.environment} has no ECS cluster`);
  return EcsCluster.adopt(facts.cluster);
}

function tasks(args: ReferencedPlacesArgs): EcsServicePlaceArgs {
  const { facts, context, network, sources, sizing, placement } = args;
  return {
    signIns: sources.signIns,
    context,
    network,
    cluster: cluster(args),
    loadBalancer: () => {
      if (!facts.loadBalancer) throw new Error(`${facts.environment} has no load balancer`);
      return LoadBalancer.adopt(facts.loadBalancer);
    },
    priorities: { get: (path: string) => routePriorities([path], Object.values(facts.routes)).get(path) },
    sizing: (descriptor: Descriptor) => taskSizing(descriptor, placement, sizing),
    spotShare: facts.compute.spotShare,
    latencyTarget: facts.alarms.latencyTarget,
    alarmTopicArn: facts.alarms.arn,
    sources,
  };
}

function jobs(args: ReferencedPlacesArgs): Place {
  const { facts, context, network, sources, sizing, placement } = args;
  return new JobPlace({
    signIns: sources.signIns,
    context,
    network,
    cluster: cluster(args),
    sizing: (descriptor) => jobSizing(descriptor, placement, sizing),
    alarmTopicArn: facts.alarms.arn,
    sources,
  });
}

function functions({ facts, context, network, sources, sizing, placement, bundles, parent }: ReferencedPlacesArgs): Place {
  return new LambdaPlace({
    signIns: sources.signIns,
    context,
    network,
    bundles,
    sizing: (descriptor) => functionSizing(descriptor, placement, sizing),
    api: () => {
      if (!facts.api) throw new Error(`${facts.environment} has no HTTP API`);
      return HttpApi.adopt(facts.api);
    },
    sources,
    // Where nothing of the platform's compute is encrypted there is no key to share.
    keyArn: () =>
      facts.keys.compute ?? new LayerKey("compute", { context, description: "Variables of functions", services: [] }, { parent }).arn,
    rollout: () => undefined,
    alarmTopicArn: facts.alarms.arn,
  });
}
