import { podsOf } from "../../../lib/copies";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { selected } from "../../../lib/kubernetes/selectors";
import { DEPLOYMENT, STATEFUL_SET } from "../../../lib/pods";
import { number, read, type Reading, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const MIN = "spec.minAvailable";
const MAX = "spec.maxUnavailable";
const WHOLE = 100;

/** A budget that names neither number lets every pod but one be away: the default of Kubernetes. */
export const disruptionBudgetLetsPodsGo = stackRule({
  id: "disruption-budget-lets-pods-go",
  title: "A disruption budget lets at least one pod be evicted",
  severity: "high",
  why: "A node with a pod that must not go is never empty: the upgrade of a cluster or a node group waits for a quarter of an hour and fails.",
  fix: "Set maxUnavailable to 1 or more, or minAvailable below the number of copies; a workload of one copy needs maxUnavailable: 1 or no budget.",
  links: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  frameworks: [],
  check: (stack) =>
    stack.ofType(BUDGET).map((budget) => judge(budget, `${budget.name} lets no pod be evicted`, budgetFindings(budget, stack))),
});

function budgetFindings(budget: StackResource, graph: StackGraph): Finding[] {
  const most = read(budget, MAX);
  if (most.state === "unknown") return [notKnown(MAX)];
  const away = amountOf(most);
  if (away !== undefined) return away.value <= 0 ? [{ what: `maxUnavailable is ${shown(most)}`, property: MAX }] : [];
  const least = read(budget, MIN);
  if (least.state === "unknown") return [notKnown(MIN)];
  const kept = amountOf(least);
  if (kept === undefined) return [];
  if (kept.percent && kept.value >= WHOLE) return [{ what: `minAvailable is ${shown(least)}`, property: MIN }];
  return copiesFindings(budget, kept, shown(least), graph);
}

/** How many of the copies of the only workload of the stack that the budget is for are kept. A percentage is rounded up. */
function copiesFindings(budget: StackResource, kept: Amount, written: string, graph: StackGraph): Finding[] {
  const { workloads, open } = selected(budget, read(budget, "spec.selector.matchLabels"), graph);
  const [workload] = workloads;
  if (workload === undefined) return open ? [notKnown("spec.selector")] : [];
  if (workloads.length > 1 || ![DEPLOYMENT, STATEFUL_SET].includes(workload.type)) return [];
  const { fewest } = podsOf(workload, graph);
  if (fewest === undefined) return [{ what: `how many copies ${workload.name} has is not known yet`, property: MIN, unknown: true }];
  const needed = kept.percent ? Math.ceil((kept.value * fewest) / WHOLE) : kept.value;
  return fewest > 0 && needed >= fewest
    ? [{ what: `minAvailable is ${written}, and ${workload.name} has ${fewest} at its fewest`, property: MIN }]
    : [];
}

interface Amount {
  readonly value: number;
  readonly percent: boolean;
}

function amountOf(reading: Reading): Amount | undefined {
  const match = /^(\d+)(%?)$/.exec(shown(reading));
  return match === null ? undefined : { value: Number(match[1]), percent: match[2] === "%" };
}

function shown(reading: Reading): string {
  return text(reading) ?? number(reading)?.toString() ?? "";
}
