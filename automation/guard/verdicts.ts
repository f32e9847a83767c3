import { nameOf, typeOf } from "../../plan/urn";
import { type BudgetFinding, type GuardAbout, type PolicyFinding } from "./finding";

type Policy = NonNullable<GuardAbout["plan"]>["policy"];

/** What the plan's policies let nobody deploy: the same that `mayDeploy` of policy/lib decides, one by one. */
export function policyFindings({ plan }: GuardAbout): PolicyFinding[] {
  if (!plan) return [];
  return [...violations(plan.policy), ...brokenRules(plan.policy), ...expired(plan.policy)];
}

function violations({ violations: all }: Policy): PolicyFinding[] {
  return all
    .filter(({ level }) => level === "mandatory")
    .map(({ rule, urn, message, fix, property }) => ({
      kind: "policy",
      stops: true,
      rule,
      urn,
      ...(property !== undefined && { property }),
      what: `${typeOf(urn)} ${nameOf(urn)} breaks ${rule}`,
      why: message,
      todo: [fix, "or let it off: a reason, an owner and a last day in policy/exceptions.json (docs/policy-howto.md)"],
    }));
}

function brokenRules({ broken }: Policy): PolicyFinding[] {
  return broken.map(({ rule, urn, error }) => ({
    kind: "policy",
    stops: true,
    rule,
    ...(urn !== undefined && { urn }),
    what: `${rule} came to no verdict`,
    why: `the rule itself failed: ${error}`,
    todo: ["report it, and disable the rule in policy/config meanwhile"],
  }));
}

function expired({ exceptions }: Policy): PolicyFinding[] {
  return exceptions
    .filter(({ state }) => state === "expired")
    .map(({ rule, expires, owner, reason }) => ({
      kind: "policy",
      stops: true,
      rule,
      what: `an exception from ${rule} is expired`,
      why: `it held until ${expires}: ${reason}`,
      todo: [`ask ${owner} to mend what it let off, or to give it another last day`],
    }));
}

const MOST_SAVINGS = 3;

function dollars(usd: number): string {
  return `$${usd.toLocaleString("en-US", { maximumFractionDigits: 0 })}`;
}

/** A plan that costs more than its environment may. */
export function budgetFindings({ plan, environment }: GuardAbout): BudgetFinding[] {
  const cost = plan?.cost;
  if (cost?.budget?.over !== true) return [];
  const [monthlyUsd, budgetUsd] = [cost.totals.monthlyUsd, cost.budget.monthlyUsd];
  const savings = [...(cost.whatIf ?? [])].sort((left, right) => right.savesUsd - left.savesUsd).slice(0, MOST_SAVINGS);
  return [
    {
      kind: "budget",
      stops: true,
      monthlyUsd,
      budgetUsd,
      what: `${environment} would cost ${dollars(monthlyUsd)} a month, and may cost ${dollars(budgetUsd)}`,
      why: `that is ${dollars(monthlyUsd - budgetUsd)} over its budget, at list prices`,
      todo: [
        ...savings.map(({ change, savesUsd, loses }) => `${change}: saves ${dollars(savesUsd)}, loses ${loses}`),
        `or raise strata:budget.monthlyUsd in Pulumi.${environment}.yaml, which is reviewed like any other change`,
      ],
    },
  ];
}
