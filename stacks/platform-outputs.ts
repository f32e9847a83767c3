import { type Network } from "../components/network/network";
import { type LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { type Endpoint, type MetricsStore } from "../components/visibility/metrics/metrics-store";
import { type EnvironmentConfig } from "./environment";
import { type Exported, OUTPUTS_VERSION, type PlatformFacts, type PlatformOutputs } from "./outputs";
import { type Places } from "./places";
import { type Stores } from "./stores";

/** What an environment is made of, once all of it is declared. */
export interface ExportedPlatform {
  readonly environment: EnvironmentConfig;
  readonly context: PlatformContext;
  readonly network: Network;
  readonly places: Places;
  readonly stores: Stores;
  readonly alarms: AlarmTopics;
  readonly metrics: MetricsStore | undefined;
  readonly keys: { readonly visibility: LayerKey; readonly persistence: LayerKey | undefined };
  readonly services: Exported<PlatformFacts["services"]>;
  readonly swaps: Exported<PlatformFacts["swaps"]>;
}

function exportEndpoint({ host, port, securityGroupId }: Endpoint): Exported<NonNullable<PlatformFacts["metrics"]>["statsd"]> {
  return { host, port, securityGroupId };
}

function exportNetwork(network: Network): PlatformOutputs["network"] {
  const { vpcId, privateSubnetIds, endpointSecurityGroupId, s3PrefixListId, dynamodbPrefixListId, hasNat } = network;
  const privateServices = [...network.privateServices].sort();
  return { vpcId, privateSubnetIds, endpointSecurityGroupId, s3PrefixListId, dynamodbPrefixListId, hasNat, privateServices };
}

function exportCompute({ compute }: EnvironmentConfig): PlatformOutputs["compute"] {
  const { ec2, spotShare, runsInstances, ec2Packing, savings, minimumCopies, maximumCopies } = compute;
  return { spotShare, runsInstances, ec2Packing, savings, instanceTypes: ec2.instanceTypes, minimumCopies, maximumCopies };
}

/** The outputs of an environment: all that a service in a project of its own needs, and nothing secret. */
export function exportPlatform(made: ExportedPlatform): PlatformOutputs {
  const { environment, context, network, places, stores, alarms, metrics, keys } = made;
  const { visibility } = environment;
  const { keyArn: compute, ...shared } = places.shared.adoptable;
  return {
    version: OUTPUTS_VERSION,
    ...context,
    decommissioning: environment.environment.decommissioning,
    owner: environment.environment.owner,
    costCentre: environment.environment.costCentre,
    network: exportNetwork(network),
    keys: { visibility: keys.visibility.arn, persistence: keys.persistence?.arn, compute },
    ...shared,
    routes: places.routes,
    ...(places.shared.loadBalancerUrl && { url: places.shared.loadBalancerUrl }),
    ...(places.shared.apiUrl && { apiUrl: places.shared.apiUrl }),
    compute: exportCompute(environment),
    logs: {
      days: visibility.logDays,
      search: visibility.logs.store.kind,
      subscribed: visibility.logs.subscription === "account",
    },
    alarms: { arn: alarms.arn, criticalArn: alarms.criticalArn, latencyTarget: visibility.latencyTarget },
    apm: visibility.apm,
    ...(metrics && {
      metrics: {
        plaintext: exportEndpoint(metrics.plaintext),
        statsd: exportEndpoint(metrics.statsd),
        intervalSeconds: metrics.intervalSeconds,
      },
    }),
    services: made.services,
    stores: stores.adoptable(),
    swaps: made.swaps,
  };
}
