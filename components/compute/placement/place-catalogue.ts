import { TARGETS, type Descriptor, type Target } from "../../service/descriptor";
import { place } from "./place";
import { type PlacementFacts } from "./placement-facts";
import { exclusions } from "./rules";
import { shapeOf } from "./shape";
import { type Placement, type PlacementEnvironment, type Shape } from "./types";

/** A service of the catalogue, with where it runs. */
export interface PlacedService {
  readonly name: string;
  readonly shape: Shape;
  /** The environment it was placed in: it knows of the cluster that another service brings. */
  readonly environment: PlacementEnvironment;
  /** What the advisor says, whether or not the descriptor overrules it. */
  readonly placement: Placement;
}

/** Targets that stand on one Kubernetes cluster. */
const ON_KUBERNETES: readonly Target[] = ["eks", "eks-stateful"];

/** True when a service has to be on Kubernetes, by its descriptor's own word or because rules exclude everything else. */
function bringsKubernetes(
  { demand, place: override }: Descriptor,
  shape: Shape,
  facts: PlacementFacts,
  environment: PlacementEnvironment,
): boolean {
  if (override !== "auto") return ON_KUBERNETES.includes(override.on);
  const feasible = TARGETS.filter((target) => exclusions(target, { demand, shape, facts, environment }).length === 0);
  return feasible.length > 0 && feasible.every((target) => ON_KUBERNETES.includes(target));
}

/**
 * Places every service of a catalogue. The first service that has to be on Kubernetes brings the cluster and pays for it; the others weigh only
 * their share of its nodes. Containers that the internet reaches over HTTP share the load balancer.
 */
export function placeCatalogue(
  catalogue: readonly Descriptor[],
  facts: PlacementFacts,
  environment: PlacementEnvironment,
): PlacedService[] {
  const services = catalogue.map((descriptor) => ({ descriptor, shape: shapeOf(descriptor, catalogue) }));
  const balanced = services.filter(({ shape }) => shape.http === "internet" && shape.image).length;
  const bringer = services.find(({ descriptor, shape }) => bringsKubernetes(descriptor, shape, facts, environment));
  return services.map((service) => {
    const { descriptor, shape } = service;
    const eks = environment.clusters.eks || (bringer !== undefined && bringer !== service);
    const own = { ...environment, loadBalancerSharedBy: Math.max(1, balanced), clusters: { ...environment.clusters, eks } };
    return { name: descriptor.name, shape, environment: own, placement: place(descriptor.demand, shape, facts, own) };
  });
}
