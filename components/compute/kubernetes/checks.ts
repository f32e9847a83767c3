import { AUTO_MODE_POD_GROUPS, KUBERNETES } from "../../../facts/kubernetes-versions";
import { type Fault } from "../../faults";
import { overlaps, parseCidr } from "../../network/cidr";
import { type Descriptor, type Target } from "../../service/descriptor";

/** A service with the file it is described in and the target it is placed on. */
export interface PlacedDescriptor {
  readonly file: string;
  readonly descriptor: Descriptor;
  readonly target: Target;
}

const ON_KUBERNETES: readonly Target[] = ["eks", "eks-stateful"];

function onKubernetes({ target }: Pick<PlacedDescriptor, "target">): boolean {
  return ON_KUBERNETES.includes(target);
}

/** What is wrong between a service's volumes and its place: only a legacy workload has volumes, and only a StatefulSet gives it any. */
export function volumeFaults(file: string, { legacy }: Descriptor, target: Target): Fault[] {
  if (target === "eks-stateful" && !legacy)
    return [
      {
        key: `${file}: legacy`,
        what: "is missing for a service with persistent volumes",
        right: "keep state in a store the service needs; or say under `legacy` why it keeps state itself, and on which volumes",
      },
    ];
  if (target !== "eks-stateful" && legacy)
    return [
      {
        key: `${file}: legacy.volumes`,
        what: `can't be had on ${target}`,
        got: legacy.volumes.map(({ path }) => path),
        right: "place the service on eks-stateful, or leave `legacy` out",
      },
    ];
  const paths = (legacy?.volumes ?? []).map(({ path }) => path);
  return paths
    .filter((path, index) => paths.indexOf(path) !== index)
    .map((path) => ({ key: `${file}: legacy.volumes`, what: "mounts two volumes at one path", got: path, right: "give each path once" }));
}

/** Services that end up on a service's hosts: those it names under `together`, those they name, and so on. */
function companions(name: string, all: ReadonlyMap<string, PlacedDescriptor>): Set<string> {
  const found = new Set<string>();
  const visit = (service: string): void => {
    for (const other of all.get(service)?.descriptor.together ?? [])
      if (!found.has(other)) {
        found.add(other);
        visit(other);
      }
  };
  visit(name);
  found.delete(name);
  return found;
}

/**
 * Rules on hosts that no cluster can keep: together with a service and apart from it, directly or through others; or together with a
 * service that is not on the cluster at all.
 */
export function hostFaults(services: readonly PlacedDescriptor[]): Fault[] {
  const all = new Map(services.map((service) => [service.descriptor.name, service]));
  const apart = (one: string, other: string): boolean =>
    (all.get(one)?.descriptor.apart ?? []).includes(other) || (all.get(other)?.descriptor.apart ?? []).includes(one);
  return services.flatMap(({ file, descriptor }) => {
    const { name, together = [] } = descriptor;
    return [
      ...[...companions(name, all)]
        .filter((other) => apart(name, other))
        .map((other) => ({
          key: `${file}: together`,
          what: `puts ${name} on the hosts of ${other}, from which it must be apart`,
          got: together,
          right: `take ${other} out of \`together\` or out of \`apart\``,
        })),
      ...together
        .filter((other) => !onKubernetes(all.get(other) ?? { target: "lambda" }))
        .map((other) => ({
          key: `${file}: together`,
          what: all.has(other)
            ? `names ${other}, which runs on ${all.get(other)?.target} and shares no host`
            : `names ${other}, which is not in this environment`,
          got: other,
          right: `place ${other} on eks, or take it out of \`together\``,
        })),
    ];
  });
}

/** How many copies of a service there are at least and at most. */
export type CopiesOf = (descriptor: Descriptor) => { readonly minimum: number; readonly maximum: number };

/** Services whose copies want more hosts than the services they must share them with are on: some copies would wait for ever. */
export function companionCopyFaults(services: readonly PlacedDescriptor[], copiesOf: CopiesOf): Fault[] {
  const all = new Map(services.map((service) => [service.descriptor.name, service]));
  return services.filter(onKubernetes).flatMap(({ file, descriptor }) =>
    !(descriptor.apart ?? []).includes(descriptor.name)
      ? []
      : (descriptor.together ?? []).flatMap((other): Fault[] => {
          const companion = all.get(other);
          if (!companion) return [];
          const wanted = copiesOf(descriptor).maximum;
          const hosts = copiesOf(companion.descriptor).minimum;
          return wanted <= hosts
            ? []
            : [
                {
                  key: `${file}: together`,
                  what: `gives ${wanted} copies of ${descriptor.name} hosts of their own with ${other}, which is on ${hosts} at least`,
                  right: `set strata:services.${other}.minimumCopies to ${wanted}, or strata:services.${descriptor.name}.maximumCopies to ${hosts}`,
                },
              ];
        }),
  );
}

/** Calls between a service on the cluster and one that is not: each has a name only where it runs. */
export function crossingFaults(services: readonly PlacedDescriptor[]): Fault[] {
  const all = new Map(services.map((service) => [service.descriptor.name, service]));
  return services.flatMap((caller) =>
    (caller.descriptor.needs ?? []).flatMap((need, index): Fault[] => {
      const called = "service" in need ? all.get(need.service) : undefined;
      if (!called || onKubernetes(called) === onKubernetes(caller)) return [];
      return [
        {
          key: `${caller.file}: needs[${index}].service`,
          what: `calls ${called.descriptor.name}, which runs on ${called.target} and has a name only there, from ${caller.target}`,
          right: "place both on eks or neither; or call it by its public address, as an `internet` need",
        },
      ];
    }),
  );
}

/** All that is wrong between services and a cluster they share. */
export function kubernetesFaults(services: readonly PlacedDescriptor[], copiesOf: CopiesOf): Fault[] {
  return [
    ...services.flatMap(({ file, descriptor, target }) => volumeFaults(file, descriptor, target)),
    ...hostFaults(services),
    ...companionCopyFaults(services, copiesOf),
    ...crossingFaults(services),
  ];
}

// EKS user guide, "Kubernetes networking configuration", service IPv4 range (2026-11).
const WIDEST_SERVICE_RANGE = 12;
const NARROWEST_SERVICE_RANGE = 24;
const PRIVATE_BLOCKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * What is wrong with the range of a cluster's Services.
 * @param taken ranges it must not overlap, with what they are: the VPC, and what is routed to it.
 */
export function serviceCidrFaults(
  key: string,
  serviceCidr: string,
  taken: readonly { readonly cidr: string; readonly what: string }[],
): Fault[] {
  const range = parseCidr(serviceCidr);
  const isPrivate = PRIVATE_BLOCKS.map(parseCidr).some((block) => block.first <= range.first && range.last <= block.last);
  return [
    ...(range.prefix < WIDEST_SERVICE_RANGE || range.prefix > NARROWEST_SERVICE_RANGE
      ? [
          {
            key,
            what: "has a size that EKS does not take",
            got: serviceCidr,
            right: `give /${WIDEST_SERVICE_RANGE} to /${NARROWEST_SERVICE_RANGE}`,
          },
        ]
      : []),
    ...(isPrivate
      ? []
      : [{ key, what: "is not in a private range", got: serviceCidr, right: `give a part of ${PRIVATE_BLOCKS.join(", ")}` }]),
    ...taken
      .filter(({ cidr }) => overlaps(range, parseCidr(cidr)))
      .map(({ cidr, what }) => ({
        key,
        what: `overlaps ${cidr}, ${what}`,
        got: serviceCidr,
        right: "choose a range that no pod has to reach otherwise",
      })),
  ];
}

/** What is wrong with a cluster's version: before 1.36 the pods of Auto Mode all share one security group, and with it every store of each other. */
export function versionFaults(key: string, version: string, mode: "auto" | "managed"): Fault[] {
  const [, minor] = /^1\.(\d+)$/.exec(version) ?? [];
  if (minor === undefined)
    return [{ key, what: "is not a Kubernetes minor version", got: version, right: `write it as ${KUBERNETES.version}` }];
  return mode === "auto" && Number(minor) < AUTO_MODE_POD_GROUPS.minor
    ? [
        {
          key,
          what: "gives pods of Auto Mode no security groups of their own",
          got: version,
          right: `give 1.${AUTO_MODE_POD_GROUPS.minor} or later, or managed nodes`,
        },
      ]
    : [];
}

const DNS_HOST = 10n;
const OCTETS = [24n, 16n, 8n, 0n];

/** Address of the cluster's DNS: the tenth of its Services' range (EKS user guide, "View Amazon EKS networking requirements", 2026-11). */
export function dnsAddress(serviceCidr: string): string {
  const address = parseCidr(serviceCidr).first + DNS_HOST;
  return OCTETS.map((shift) => (address >> shift) & 0xffn).join(".");
}
