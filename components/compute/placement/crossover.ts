import { type Demand, type Target } from "../../service/descriptor";
import { monthlyCosts, place } from "./place";
import { exclusions } from "./rules";
import { TARGET_TABLE } from "./targets";
import { type Case, type Shape } from "./types";

/** Demand at which another target becomes the choice. */
export interface Crossover {
  /** Average rate a second, with the peak in proportion. */
  readonly average: number;
  /** The choice below it; absent when nothing is feasible there. */
  readonly below?: Target;
  /** The choice above it; absent when nothing is feasible there. */
  readonly above?: Target;
  /** The limit that the choice below breaks above it; absent where cost alone decides. */
  readonly limit?: string;
}

/** The crossovers next to a demand. */
export interface Crossovers {
  readonly down?: Crossover;
  readonly up?: Crossover;
}

/** A point of a chart of cost against demand. */
export interface CurvePoint {
  readonly average: number;
  readonly choice?: Target;
  /** US dollars a month of every target that can be sized and priced, feasible or not. */
  readonly costs: Readonly<Partial<Record<Target, number>>>;
}

/** How far from today's demand a crossover is looked for, as a factor. */
const REACH = 1e6;
/** Steps a factor of ten is looked at in; a choice that holds for less than a step is not seen. */
const STEPS_PER_DECADE = 40;
/** How closely a crossover is found, as a share of it. */
const PRECISION = 1e-7;

/** The same demand at another average rate: the peak keeps its proportion. */
export function atAverage(demand: Demand, average: number): Demand {
  const factor = demand.average === 0 ? 1 : average / demand.average;
  return { ...demand, average, peak: demand.peak * factor };
}

/** The same service, built both as a handler and as an image: what it would take for its form not to decide. */
export function inEveryForm(shape: Shape): Shape {
  return { ...shape, handler: true, image: true };
}

function choice(subject: Case, average: number): Target | undefined {
  return place(atAverage(subject.demand, average), subject.shape, subject.facts, subject.environment).target;
}

/** Halves a range, on a scale of factors, in whose ends the choice differs. */
function bisect(subject: Case, low: number, high: number): Crossover {
  const below = choice(subject, low);
  let [from, to] = [low, high];
  while (to / from > 1 + PRECISION) {
    const middle = Math.sqrt(from * to);
    if (choice(subject, middle) === below) from = middle;
    else to = middle;
  }
  const [broken] = below === undefined ? [] : exclusions(below, { ...subject, demand: atAverage(subject.demand, to) });
  return { average: to, below, above: choice(subject, to), ...(broken ? { limit: broken.because } : {}) };
}

function next(subject: Case, direction: 1 | -1): Crossover | undefined {
  const start = subject.demand.average;
  const today = choice(subject, start);
  const step = 10 ** (direction / STEPS_PER_DECADE);
  const steps = Math.log10(REACH) * STEPS_PER_DECADE;
  let previous = start;
  for (let index = 1; index <= steps; index += 1) {
    const average = start * step ** index;
    if (choice(subject, average) !== today)
      return direction === 1 ? bisect(subject, previous, average) : bisect(subject, average, previous);
    previous = average;
  }
  return undefined;
}

/**
 * Where the next crossovers lie: how much less, and how much more, demand would change the choice.
 * @returns each absent when no other target is chosen within a factor of a million; both when there is no demand.
 */
export function nextCrossovers(subject: Case): Crossovers {
  if (subject.demand.average <= 0) return {};
  return { down: next(subject, -1), up: next(subject, 1) };
}

const SIGNIFICANT = 3;
const rate = (average: number) =>
  average >= 0.1
    ? `${Number(average.toPrecision(SIGNIFICANT))} requests/s`
    : average * 3_600 >= 1
      ? `${Number((average * 3_600).toPrecision(SIGNIFICANT))} requests/h`
      : `${Number((average * 86_400).toPrecision(SIGNIFICANT))} requests/day`;

/** A crossover as a sentence, such as `Fargate becomes cheaper above 7.48 requests/s`. */
export function crossoverSentence(crossover: Crossover, direction: "up" | "down"): string {
  const target = direction === "up" ? crossover.above : crossover.below;
  const where = `${direction === "up" ? "above" : "below"} ${rate(crossover.average)}`;
  const because = crossover.limit === undefined ? "" : `: ${crossover.limit}`;
  if (target === undefined) return `nothing can run it ${where}${because}`;
  return `${TARGET_TABLE[target].name} ${crossover.limit === undefined ? "becomes cheaper" : "takes over"} ${where}${because}`;
}

/**
 * Cost against demand, for a chart.
 * @param from lowest average rate a second, above 0.
 * @param to highest.
 * @param points how many, at least 2, in equal factors from one end to the other.
 */
export function costCurve(subject: Case, from: number, to: number, points: number): CurvePoint[] {
  return Array.from({ length: points }, (_, index) => {
    const average = from * (to / from) ** (index / (points - 1));
    const demand = atAverage(subject.demand, average);
    return { average, choice: choice(subject, average), costs: monthlyCosts({ ...subject, demand }) };
  });
}
