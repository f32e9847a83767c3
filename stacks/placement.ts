import { placementEnvironment } from "../components/compute/placement/environment";
import { placeCatalogue, type PlacedService } from "../components/compute/placement/place-catalogue";
import { PLACEMENT_FACTS } from "../components/compute/placement/placement-facts";
import { type PlacementEnvironment, type Size } from "../components/compute/placement/types";
import { type Fault } from "../components/faults";
import { type PlacementDeclaration } from "../components/service/declaration";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type CatalogueEntry } from "./catalogue";
import { type EnvironmentConfig } from "./environment";

/** Where a service runs in one environment, how big, and why. */
export interface Placement extends PlacementDeclaration {
  /** The deciding reason first, with the id of its rule. */
  readonly reason: string;
  readonly size: Size | undefined;
}

/** Sections of a stack file that placement reads. */
export interface AdvisorConfig {
  readonly aws: Pick<EnvironmentConfig["aws"], "region">;
  readonly environment: Pick<EnvironmentConfig["environment"], "durable">;
  readonly compute: Pick<EnvironmentConfig["compute"], "runsInstances" | "ec2Packing" | "spotShare" | "savings">;
}

/** What placement knows of an environment: its stack file, in the advisor's words. */
export function advisorEnvironment({ aws, environment, compute }: AdvisorConfig): PlacementEnvironment {
  return placementEnvironment({
    region: aws.region,
    durable: environment.durable,
    runsInstances: compute.runsInstances,
    ec2Packing: compute.ec2Packing,
    spotShare: compute.spotShare,
    savings: compute.savings,
  });
}

function sizeOn(target: Target, { placement }: PlacedService): Size | undefined {
  return target === placement.target ? placement.size : placement.alternatives.find((other) => other.target === target)?.size;
}

/** What each target that could run a service would cost; a target without a known price is left out. */
function costs({ placement }: PlacedService): Placement["monthlyUsd"] {
  const feasible = [
    ...(placement.target ? [{ target: placement.target, monthlyUsd: placement.monthlyUsd }] : []),
    ...placement.alternatives.filter((other) => other.feasible),
  ];
  return Object.fromEntries(feasible.flatMap(({ target, monthlyUsd }) => (monthlyUsd === undefined ? [] : [[target, monthlyUsd]])));
}

function decide(descriptor: Descriptor, placed: PlacedService): Placement | undefined {
  const { placement } = placed;
  const monthlyUsd = costs(placed);
  // Where rules left one target, what that target is for says why the service fits it.
  const [deciding = "", purpose = ""] = placement.reasons;
  const advised = placement.decidedBy.includes("cost") ? deciding : [deciding, purpose].filter(Boolean).join(". ");
  if (descriptor.place !== "auto") {
    const { on, because } = descriptor.place;
    const advice = placement.target === on ? "as the advisor would" : `the advisor says: ${advised}`;
    return { target: on, overruled: because, reason: `placed there because ${because}; ${advice}`, size: sizeOn(on, placed), monthlyUsd };
  }
  return placement.target && { target: placement.target, reason: advised, size: placement.size, monthlyUsd };
}

/**
 * Decides where each service of an environment runs.
 * @returns the placements by name, and a fault for each service that nothing can run.
 */
export function placeServices(
  entries: readonly CatalogueEntry[],
  environment: AdvisorConfig,
): { readonly placements: ReadonlyMap<string, Placement>; readonly faults: readonly Fault[] } {
  const placed = placeCatalogue(
    entries.map(({ descriptor }) => descriptor),
    PLACEMENT_FACTS,
    advisorEnvironment(environment),
  );
  const placements = new Map<string, Placement>();
  const faults: Fault[] = [];
  entries.forEach(({ descriptor, file }, index) => {
    const candidate = placed[index];
    const placement = candidate && decide(descriptor, candidate);
    if (placement) placements.set(descriptor.name, placement);
    else
      faults.push({
        key: file,
        what: candidate?.placement.reasons[0] ?? "has no placement",
        right: "change what it is or how much it is used",
      });
  });
  return { placements, faults };
}
