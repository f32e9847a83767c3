import * as pulumi from "@pulumi/pulumi";
import { bundleServices } from "../components/compute/lambda-faults";
import { ConfigError } from "../components/faults";
import { type Descriptor } from "../components/service/descriptor";
import { type Need } from "../components/service/needs";
import { Service } from "../components/service/service";
import { ServiceAlarms } from "../components/visibility/alarms/service-alarms";
import { TaskMetrics } from "../components/visibility/metrics/task-metrics";
import { Traces } from "../components/visibility/apm/traces";
import { mergeTelemetry, type TelemetrySource } from "../components/visibility/telemetry";
import { readDescriptor } from "./catalogue";
import { type EnvironmentConfig } from "./environment";
import { type PlatformFacts } from "./outputs";
import { type Placement, placeServices } from "./placement";
import { type PlatformReference } from "./reference";
import { referenceFaults } from "./reference-checks";
import { referencedPlace } from "./referenced-places";
import { type SizingConfig } from "./sizing";

/** What differs for a service in one environment, as `strata:services` of a stack file spells it. */
export type ServiceOverrides = Partial<Omit<EnvironmentConfig["services"][string], "enabled">>;

/** A service that was added to a platform. */
export interface AddedService {
  readonly service: Service;
  readonly descriptor: Descriptor;
  /** Where it runs, and why. */
  readonly placement: Placement;
  /** Base of its public URL; undefined when the internet does not call it. */
  readonly url: string | undefined;
}

function publicUrl({ reach }: Descriptor, { target }: Placement, { url, apiUrl }: PlatformFacts): string | undefined {
  if (reach?.http === undefined || reach.from !== "internet") return undefined;
  // With one surface for all, containers are behind the API too.
  const base = target === "lambda" ? apiUrl : (url ?? apiUrl);
  return base === undefined ? undefined : `${base}${reach.http}`;
}

/** What the platform's visibility layer adds to a workload of another project; its agents on nodes are not among it. */
function telemetryOf({ facts, context, network }: PlatformReference): TelemetrySource {
  const { metrics, environment, apm } = facts;
  const endpoint = (known: NonNullable<typeof metrics>["statsd"]) => ({
    host: pulumi.output(known.host),
    port: known.port,
    securityGroupId: known.securityGroupId === undefined ? undefined : pulumi.output(known.securityGroupId),
  });
  const sources: TelemetrySource[] = [
    ...(metrics
      ? [
          new TaskMetrics(environment, {
            plaintext: endpoint(metrics.plaintext),
            statsd: endpoint(metrics.statsd),
            intervalSeconds: metrics.intervalSeconds,
            ready: [],
          }),
        ]
      : []),
    new Traces({
      context,
      network,
      apm,
      agent: () => {
        throw new Error("a service of another project has no pods");
      },
    }),
  ];
  return {
    internetReasons: (descriptor, target) => sources.flatMap((source) => source.internetReasons(descriptor, target)),
    of: (workload) => mergeTelemetry(sources.map((source) => source.of(workload))),
  };
}

function found<Thing>(thing: Thing | undefined, need: Need): Thing {
  if (thing === undefined) throw new Error(`a need that was checked is not there: ${JSON.stringify(need)}`);
  return thing;
}

/** What a descriptor and a platform come to, before anything is registered. */
function plan(facts: PlatformFacts, file: string, overrides: ServiceOverrides) {
  const root = pulumi.getRootDirectory();
  const { entry, faults: unreadable } = readDescriptor(root, file);
  if (!entry) throw new ConfigError(unreadable);
  const { bundles, faults: code } = bundleServices(root, [entry]);
  const { compute } = facts;
  const { placements, faults: unplaceable } = placeServices([entry], { environment: facts, aws: facts, compute });
  const placement = placements.get(entry.descriptor.name);
  if (!placement) throw new ConfigError([...code, ...unplaceable]);
  const sizing: SizingConfig = { compute, services: { [entry.descriptor.name]: { enabled: true, ...overrides } } };
  const faults = [...code, ...referenceFaults({ entry, placement, facts, sizing })];
  if (faults.length > 0) throw new ConfigError(faults);
  return { descriptor: entry.descriptor, placement, sizing, bundles };
}

/** Adds a service to a platform: see `PlatformReference.addService`. */
export function addService(platform: PlatformReference, file: string, overrides: ServiceOverrides): AddedService {
  const { facts, context, network, alarms, sources } = platform;
  const { descriptor, placement, sizing, bundles } = plan(facts, file, overrides);
  const { name, critical = false, slo } = descriptor;
  const { monthlyUsd } = overrides;
  const service = new Service(
    name,
    {
      context,
      network,
      descriptor,
      budget: monthlyUsd === undefined ? undefined : { monthlyUsd },
      placement: { target: placement.target, overruled: placement.overruled, monthlyUsd: placement.monthlyUsd },
      place: referencedPlace({ facts, context, network, sources, sizing, placement, bundles, parent: platform }),
      owner: facts.owner,
      logDays: facts.logs.days,
      logKeyArn: facts.keys.visibility,
      telemetry: telemetryOf(platform),
    },
    { parent: platform },
  );
  const bindings = (descriptor.needs ?? []).flatMap((need) => {
    if ("internet" in need) return [];
    if ("service" in need) return [found(platform.service(need.service), need).bind(service, "call")];
    return [found(platform.store(need), need).bind(service, need.access)];
  });
  const { latencyTarget } = facts.alarms;
  const observed = service.run(bindings);
  new ServiceAlarms(name, { context, observed, critical, slo, latencyTarget, stores: [], topics: alarms }, { parent: service });
  return { service, descriptor, placement, url: publicUrl(descriptor, placement, facts) };
}
