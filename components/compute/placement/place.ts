import { TARGETS, type Demand, type Target } from "../../service/descriptor";
import { dollars } from "./money";
import { PLACEMENT_FACTS, type PlacementFacts } from "./placement-facts";
import { exclusions, type Exclusion } from "./rules";
import { TARGET_TABLE } from "./targets";
import { type Alternative, type Case, type Estimate, type Placement, type PlacementEnvironment, type Shape } from "./types";

/** One target, judged and priced. */
interface Candidate {
  readonly target: Target;
  readonly excludedBy: readonly Exclusion[];
  readonly estimate?: Estimate;
}

function candidates(subject: Case): Candidate[] {
  return TARGETS.map((target) => ({ target, excludedBy: exclusions(target, subject), estimate: TARGET_TABLE[target].estimate(subject) }));
}

/** Cheap before dear, priced before unpriced; of two that cost the same, the one that `TARGETS` names first. */
function byCost(one: Candidate, other: Candidate): number {
  const [cost, otherCost] = [one.estimate?.monthlyUsd ?? Infinity, other.estimate?.monthlyUsd ?? Infinity];
  return cost === otherCost ? TARGETS.indexOf(one.target) - TARGETS.indexOf(other.target) : cost - otherCost;
}

function rejection({ target, excludedBy, estimate }: Candidate, pick: Candidate | undefined): Alternative {
  const common = { target, monthlyUsd: estimate?.monthlyUsd, size: estimate?.size, rules: excludedBy.map(({ rule }) => rule.id) };
  if (excludedBy.length > 0) return { ...common, feasible: false, because: excludedBy.map(({ because }) => because).join("; ") };
  const [cost, least] = [estimate?.monthlyUsd, pick?.estimate?.monthlyUsd];
  const unpriced = estimate?.costs.flatMap(({ what, usd }) => (usd === undefined ? [what] : [])) ?? [];
  if (cost === undefined || least === undefined)
    return { ...common, feasible: true, because: `its price is not known here: ${unpriced.join(", ")}` };
  return { ...common, feasible: true, because: `costs ${dollars(cost - least)} more a month: ${estimate?.summary}` };
}

const told = (broken: readonly Exclusion[]) => broken.map(({ rule, because }) => `${because} (${rule.id})`).join("; ");

/** The rules that exclude most targets; those that only say what the service is made of come in where there are no others. */
function decisive(others: readonly Candidate[]): Exclusion[] {
  const broken = others.flatMap(({ excludedBy }) => excludedBy);
  const telling = broken.filter(({ rule }) => !rule.obvious);
  const pool = telling.length > 0 ? telling : broken;
  const count = ({ rule }: Exclusion) => pool.filter((other) => other.rule === rule).length;
  const most = Math.max(...pool.map(count));
  return pool.filter((exclusion, index) => count(exclusion) === most && pool.findIndex(({ rule }) => rule === exclusion.rule) === index);
}

/** What the cheapest of the excluded targets would cost, where that says what the form of a service saves or loses. */
function otherwise(pick: Candidate, others: readonly Candidate[]): string[] {
  const formOnly = others.filter(
    ({ excludedBy, estimate }) => estimate?.monthlyUsd !== undefined && excludedBy.every(({ rule }) => rule.obvious),
  );
  const [best] = formOnly.sort(byCost);
  if (!best || pick.estimate?.monthlyUsd === undefined) return [];
  const { name } = TARGET_TABLE[best.target];
  return [
    `built for it, ${name} would cost ${dollars(best.estimate?.monthlyUsd)} a month, ${TARGET_TABLE[pick.target].name} costs ${dollars(pick.estimate.monthlyUsd)}`,
  ];
}

function reasons(pick: Candidate, others: readonly Candidate[]): { decidedBy: string[]; reasons: string[] } {
  const { name, suits } = TARGET_TABLE[pick.target];
  const rivals = others.filter(({ excludedBy }) => excludedBy.length === 0).sort(byCost);
  const purpose = `${name} is for ${suits}`;
  const size = `sized as ${pick.estimate?.summary}, ${dollars(pick.estimate?.monthlyUsd)} a month`;
  const [next] = rivals;
  if (!next) {
    const rules = decisive(others);
    return {
      decidedBy: rules.map(({ rule }) => rule.id),
      reasons: [`only ${name} is left: ${told(rules)}`, purpose, size, ...otherwise(pick, others)],
    };
  }
  const cheaper = others.filter(
    (other) => other.excludedBy.length > 0 && byCost(other, pick) < 0 && other.estimate?.monthlyUsd !== undefined,
  );
  return {
    decidedBy: ["cost"],
    reasons: [
      `${name} is the cheapest of ${rivals.length + 1} at ${dollars(pick.estimate?.monthlyUsd)} a month; next is ${TARGET_TABLE[next.target].name} at ${dollars(next.estimate?.monthlyUsd)} (cost)`,
      ...cheaper.map(
        ({ target, estimate, excludedBy }) =>
          `${TARGET_TABLE[target].name} would cost ${dollars(estimate?.monthlyUsd)}, but ${told(excludedBy)}`,
      ),
      purpose,
      size,
    ],
  };
}

/**
 * Chooses where a service runs: of the targets that no rule excludes, the one that costs least. Pure: the same demand, shape,
 * facts and environment always give the same answer.
 * @param demand how much the service is used.
 * @param shape what it is; `shapeOf` reads it from a descriptor.
 * @param facts limits and prices.
 * @param environment region, safety and what is there already; `placementEnvironment` fills in the defaults.
 */
export function place(demand: Demand, shape: Shape, facts: PlacementFacts, environment: PlacementEnvironment): Placement {
  const all = candidates({ demand, shape, facts, environment });
  const feasible = all.filter(({ excludedBy }) => excludedBy.length === 0).sort(byCost);
  const [pick] = feasible;
  const others = all.filter((candidate) => candidate !== pick);
  const ordered = [...feasible.slice(1), ...others.filter(({ excludedBy }) => excludedBy.length > 0)];
  const alternatives = ordered.map((candidate) => rejection(candidate, pick));
  if (!pick) {
    const rules = decisive(all);
    return {
      decidedBy: rules.map(({ rule }) => rule.id),
      reasons: [`nothing can run it: ${told(rules)}`],
      alternatives,
      assumptions: [],
      costs: [],
    };
  }
  return {
    target: pick.target,
    monthlyUsd: pick.estimate?.monthlyUsd,
    ...reasons(pick, others),
    alternatives,
    assumptions: pick.estimate?.assumptions ?? [],
    size: pick.estimate?.size,
    costs: pick.estimate?.costs ?? [],
  };
}

/** `place` by the facts of `facts/`. */
export function placeByFacts(demand: Demand, shape: Shape, environment: PlacementEnvironment): Placement {
  return place(demand, shape, PLACEMENT_FACTS, environment);
}

/** What each target would cost a month, feasible or not; absent where it can't be sized or a price is not known. */
export function monthlyCosts(subject: Case): Readonly<Partial<Record<Target, number>>> {
  return Object.fromEntries(
    TARGETS.flatMap((target) => {
      const usd = TARGET_TABLE[target].estimate(subject)?.monthlyUsd;
      return usd === undefined ? [] : [[target, usd] as const];
    }),
  );
}
