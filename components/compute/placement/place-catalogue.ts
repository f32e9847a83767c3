import { type Descriptor } from "../../service/descriptor";
import { place } from "./place";
import { type PlacementFacts } from "./placement-facts";
import { exclusions } from "./rules";
import { shapeOf } from "./shape";
import { type Placement, type PlacementEnvironment, type Shape } from "./types";
import { TARGETS } from "../../service/descriptor";

/** A service of the catalogue, with where it runs. */
export interface PlacedService {
  readonly name: string;
  readonly shape: Shape;
  /** The environment it was placed in: it knows of the clusters that other services need. */
  readonly environment: PlacementEnvironment;
  /** What the advisor says, whether or not the descriptor overrules it. */
  readonly placement: Placement;
}

/** Targets that stand on one cluster, whose fee the first service that has to be there pays for. */
const ON_EKS: readonly string[] = ["eks", "eks-stateful"];

function mustBeOnEks(descriptor: Descriptor, shape: Shape, facts: PlacementFacts, environment: PlacementEnvironment): boolean {
  const { demand, place: override } = descriptor;
  if (override !== "auto") return ON_EKS.includes(override.on);
  const feasible = TARGETS.filter((target) => exclusions(target, { demand, shape, facts, environment }).length === 0);
  return feasible.length > 0 && feasible.every((target) => ON_EKS.includes(target));
}

/**
 * Places every service of a catalogue. A service that nothing but EKS can run brings the cluster, so that the others weigh only their share of
 * its nodes; services that the internet reaches over HTTP in a container share the load balancer.
 */
export function placeCatalogue(
  catalogue: readonly Descriptor[],
  facts: PlacementFacts,
  environment: PlacementEnvironment,
): PlacedService[] {
  const services = catalogue.map((descriptor) => ({ descriptor, shape: shapeOf(descriptor, catalogue) }));
  const balanced = services.filter(({ shape }) => shape.http === "internet" && shape.image).length;
  const bringers = services
    .filter(({ descriptor, shape }) => mustBeOnEks(descriptor, shape, facts, environment))
    .map(({ descriptor }) => descriptor.name);
  return services.map(({ descriptor, shape }) => {
    const own = {
      ...environment,
      loadBalancerSharedBy: Math.max(1, balanced),
      clusters: { ...environment.clusters, eks: environment.clusters.eks || bringers.some((name) => name !== descriptor.name) },
    };
    return { name: descriptor.name, shape, environment: own, placement: place(descriptor.demand, shape, facts, own) };
  });
}
