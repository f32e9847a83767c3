import { atAverage } from "../../components/compute/placement/crossover";
import { monthlyCosts } from "../../components/compute/placement/place";
import { placeCatalogue } from "../../components/compute/placement/place-catalogue";
import { PLACEMENT_FACTS } from "../../components/compute/placement/placement-facts";
import { type Case } from "../../components/compute/placement/types";
import { ConfigError } from "../../components/faults";
import { type Descriptor, type Target, TARGETS } from "../../components/service/descriptor";
import { readCatalogue } from "../../stacks/catalogue";
import { readEnvironment } from "../../stacks/environment";
import { advisorEnvironment } from "../../stacks/placement";
import { type StackFile } from "../stack-file";

/** What a service would cost on one place, over demand. */
export interface PlaceCosts {
  readonly target: Target;
  /** US dollars a month for each of the averages. */
  readonly monthlyUsd: readonly number[];
}

/** What a service would cost on every place that can be sized and priced, from a tenth to ten times its demand. */
export interface PlacementCosts {
  /** Its own average rate a second. */
  readonly average: number;
  /** Average rates a second, rising in equal factors; the middle one is its own. */
  readonly averages: readonly number[];
  readonly places: readonly PlaceCosts[];
  /** Places that a rule excludes, and why. */
  readonly excluded: readonly { readonly target: Target; readonly because: string }[];
}

/** Points on each side of a service's own demand, and how many points a page holds in all: a thousand services get coarser curves. */
const MOST_SIDE = 7;
const LEAST_SIDE = 1;
const ALL_POINTS = 3_000;
/** A curve reaches this far up and down, as a factor. */
const REACH = 10;
const CENTS = 100;
const SIGNIFICANT = 4;

function averagesAround(average: number, side: number): number[] {
  return Array.from({ length: 2 * side + 1 }, (_, index) => {
    const exact = average * REACH ** ((index - side) / side);
    return index === side ? average : Number(exact.toPrecision(SIGNIFICANT));
  });
}

function costsOver(subject: Case, averages: readonly number[]): PlaceCosts[] {
  const all = averages.map((average) => monthlyCosts({ ...subject, demand: atAverage(subject.demand, average) }));
  return TARGETS.flatMap((target) => {
    const usd = all.flatMap((costs) => costs[target] ?? []);
    // What can't be sized at every demand has no curve.
    if (usd.length !== averages.length) return [];
    return [{ target, monthlyUsd: usd.map((value) => Math.round(value * CENTS) / CENTS) }];
  });
}

/**
 * What every service of an environment would cost on every place, by name.
 * @throws {ConfigError} with what is wrong in the stack file or the catalogue.
 */
export function placementCosts(stack: StackFile): ReadonlyMap<string, PlacementCosts> {
  const environment = readEnvironment(stack.stack, stack.config);
  const catalogue = readCatalogue(stack.root);
  const faults = [...environment.faults, ...catalogue.faults];
  if (!environment.value || faults.length > 0) throw new ConfigError(faults);
  const descriptors = catalogue.entries.map(({ descriptor }) => descriptor);
  const side = Math.max(LEAST_SIDE, Math.min(MOST_SIDE, Math.floor(ALL_POINTS / descriptors.length / 2)));
  const placed = placeCatalogue(descriptors, PLACEMENT_FACTS, advisorEnvironment(environment.value));
  return new Map(
    placed.flatMap(({ name, shape, environment: where, placement }, index) => {
      const demand: Descriptor["demand"] | undefined = descriptors[index]?.demand;
      if (demand === undefined || demand.average <= 0) return [];
      const averages = averagesAround(demand.average, side);
      const places = costsOver({ demand, shape, facts: PLACEMENT_FACTS, environment: where }, averages);
      const excluded = placement.alternatives.filter(({ feasible }) => !feasible).map(({ target, because }) => ({ target, because }));
      return [[name, { average: demand.average, averages, places, excluded }] as const];
    }),
  );
}
