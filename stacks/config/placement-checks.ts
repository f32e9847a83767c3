import { containerFaults } from "../../components/compute/ecs-checks";
import { kubernetesFaults, serviceCidrFaults, versionFaults } from "../../components/compute/kubernetes/checks";
import { functionSizeFaults, lambdaFaults } from "../../components/compute/lambda-faults";
import { type Fault } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { type Target } from "../../components/service/descriptor";
import { objectiveFaults } from "../../components/visibility/alarms/slo/objective";
import { type CatalogueEntry } from "../catalogue";
import { type EnvironmentConfig } from "../environment";
import { type Placement } from "../placement";
import { functionSizing, jobSizing, podSizing, taskSizing } from "../sizing";
import { hostFaults as visibilityHostFaults } from "./visibility/host-checks";

/** A descriptor with where it runs. */
type Placed = CatalogueEntry & { readonly placement: Placement };

function on(placed: readonly Placed[], ...targets: readonly Target[]): Placed[] {
  return placed.filter(({ placement }) => targets.includes(placement.target));
}

function containers(placed: readonly Placed[], environment: EnvironmentConfig): Fault[] {
  const tasks = on(placed, "fargate", "ecs").map((entry) => ({
    ...entry,
    size: taskSizing(entry.descriptor, entry.placement, environment),
  }));
  const jobs = on(placed, "fargate-job").map((entry) => ({ ...entry, size: jobSizing(entry.descriptor, entry.placement, environment) }));
  return containerFaults(
    [...tasks, ...jobs].map(({ file, descriptor, placement, size }) => ({ key: file, descriptor, target: placement.target, size })),
    {
      durable: environment.environment.durable,
      instanceTypes: environment.compute.ec2.instanceTypes,
      countsTasks: environment.visibility.containerInsights !== "disabled",
    },
  );
}

function functions(placed: readonly Placed[], environment: EnvironmentConfig): Fault[] {
  const sizes = on(placed, "lambda").map(({ file, descriptor, placement }) => {
    const own = environment.services[descriptor.name];
    const key = own ? `Pulumi.${environment.name}.yaml: strata:services.${descriptor.name}` : `${file}: demand`;
    return [descriptor.name, { key, ...functionSizing(descriptor, placement, environment) }] as const;
  });
  return [...lambdaFaults(placed), ...functionSizeFaults(new Map(sizes), environment.functions.concurrency)];
}

function kubernetes(placed: readonly Placed[], environment: EnvironmentConfig): Fault[] {
  const services = placed.map(({ file, descriptor, placement }) => ({ file, descriptor, target: placement.target }));
  const placements = new Map(placed.map(({ descriptor, placement }) => [descriptor.name, placement]));
  const copies: Parameters<typeof kubernetesFaults>[1] = (descriptor) => {
    const placement = placements.get(descriptor.name);
    if (placement?.size?.kind !== "copies") return { minimum: 1, maximum: 1 };
    const { minimumCopies, maximumCopies } = podSizing(descriptor, placement, environment);
    return { minimum: minimumCopies, maximum: maximumCopies };
  };
  const { version, nodes, adopted } = environment.kubernetes;
  const key = `Pulumi.${environment.name}.yaml: strata:kubernetes`;
  return [
    ...(version === undefined ? [] : versionFaults(`${key}.version`, version, nodes)),
    ...placed.flatMap(({ file, descriptor: { place } }) =>
      place !== "auto" && place.cluster !== undefined && !(place.cluster in adopted)
        ? [
            {
              key: `${file}: place.cluster`,
              what: `names no cluster of ${key}.adopted`,
              got: place.cluster,
              right: suggestion(place.cluster, Object.keys(adopted)),
            },
          ]
        : [],
    ),
    ...kubernetesFaults(services, copies),
    ...serviceCidrFaults(`Pulumi.${environment.name}.yaml: strata:kubernetes.serviceCidr`, environment.kubernetes.serviceCidr, [
      { cidr: environment.network.cidr, what: "the VPC" },
      ...environment.network.reserved,
    ]),
  ];
}

function visibility(placed: readonly Placed[], environment: EnvironmentConfig): Fault[] {
  const services = placed.map(({ descriptor, placement: { target } }) => ({ descriptor, target }));
  return visibilityHostFaults(`Pulumi.${environment.name}.yaml`, environment.visibility.host, services);
}

function objectives(placed: readonly Placed[]): Fault[] {
  return placed.flatMap(({ file, descriptor: { slo, run, reach }, placement }) =>
    slo
      ? objectiveFaults(`${file}: slo`, slo, {
          target: placement.target,
          http: reach?.http !== undefined,
          from: reach?.from,
          port: "image" in run && run.port !== undefined,
        })
      : [],
  );
}

/** What the place of a service would refuse of it, or of all services there together. */
export function placementFaults(
  entries: readonly CatalogueEntry[],
  placements: ReadonlyMap<string, Placement>,
  environment: EnvironmentConfig,
): Fault[] {
  const placed = entries.flatMap((entry) => {
    const placement = placements.get(entry.descriptor.name);
    return placement ? [{ ...entry, placement }] : [];
  });
  return [containers, functions, kubernetes, visibility, objectives].flatMap((check) => check(placed, environment));
}
