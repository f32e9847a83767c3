import { type Fault } from "../../../components/faults";
import { type Descriptor, type Target } from "../../../components/service/descriptor";

/** A service and where it runs. */
export interface HostCandidate {
  readonly descriptor: Pick<Descriptor, "place">;
  readonly target: Target;
}

const ON_EKS: readonly Target[] = ["eks", "eks-stateful"];
const ON_ECS: readonly Target[] = ["fargate", "fargate-job", "ecs"];

function adoptedCluster({ descriptor: { place } }: HostCandidate): string | undefined {
  return place === "auto" ? undefined : place.cluster;
}

/** Whether the environment has an EKS cluster of its own: one that is elsewhere can't host anything for the VPC. */
export function hasOwnEks(services: readonly HostCandidate[]): boolean {
  return services.some(isOnOwnEks);
}

/** True for a service whose pods run on the environment's own cluster. */
export function isOnOwnEks(service: HostCandidate): boolean {
  return ON_EKS.includes(service.target) && adoptedCluster(service) === undefined;
}

/** What the visibility layer runs on. */
export function hostKind(setting: "auto" | "eks" | "ecs", services: readonly HostCandidate[]): "eks" | "ecs" {
  return setting === "auto" ? (hasOwnEks(services) ? "eks" : "ecs") : setting;
}

/** A visibility host that is asked for and isn't in the environment. */
export function hostFaults(file: string, setting: "auto" | "eks" | "ecs", services: readonly HostCandidate[]): Fault[] {
  const key = `${file}: strata:visibility.host`;
  const there = hasOwnEks(services) ? "eks" : "auto";
  if (setting === "eks" && !hasOwnEks(services)) {
    const adopted = [...new Set(services.flatMap((service) => adoptedCluster(service) ?? []))];
    const why =
      adopted.length > 0
        ? `no service runs on an EKS cluster of its own, and ${adopted.join(", ")} is elsewhere`
        : "no service runs on EKS";
    return [{ key, what: `is a host that is not in the environment: ${why}`, got: setting, right: "give auto, or place a service on eks" }];
  }
  if (setting === "ecs" && !services.some(({ target }) => ON_ECS.includes(target)))
    return [
      {
        key,
        what: "is a host that is not in the environment: no service runs on ECS",
        got: setting,
        right: `give ${there}, or place a service on fargate or ecs`,
      },
    ];
  return [];
}
