import { FARGATE_PROVIDERS } from "../../../../facts/limits-ecs";
import { ECS_SERVICE } from "../../../lib/copies";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { elements, number, read, type Reading, readPath, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import type { StackGraph } from "../../../lib/graph";

const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";

/** Where strategies stand. */
const STRATEGIES: readonly (readonly [type: string, path: string])[] = [
  [ECS_SERVICE, "capacityProviderStrategies"],
  ["aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "defaultCapacityProviderStrategies"],
  ["aws:cloudwatch/eventTarget:EventTarget", "ecsTarget.capacityProviderStrategies"],
  ["aws:scheduler/schedule:Schedule", "target.ecsParameters.capacityProviderStrategies"],
];

/** Looks at the whole stack: a provider that is not made yet is none of Fargate, whatever its name will be. */
export const capacityStrategyIsOfOneKind = stackRule({
  id: "capacity-strategy-is-of-one-kind",
  title: "A capacity provider strategy is of Fargate or of instances, with at most one base",
  severity: "high",
  why: "AWS refuses a strategy with FARGATE or FARGATE_SPOT next to a group of instances, and one with two bases.",
  fix: "Keep only FARGATE and FARGATE_SPOT in the strategy, or only groups of instances, and set base of one of them.",
  links: [FARGATE_PROVIDERS.source],
  frameworks: [],
  check: (stack) =>
    STRATEGIES.flatMap(([type, path]) =>
      stack
        .ofType(type)
        .filter((owner) => read(owner, path).state !== "absent")
        .map((owner) => judge(owner, `AWS refuses the strategy of ${owner.name}`, strategyFindings(owner, path, stack))),
    ),
});

function strategyFindings(owner: StackResource, path: string, graph: StackGraph): Finding[] {
  const property = path.split(".")[0] ?? path;
  const items = elements(read(owner, path));
  const open = [notKnown(property)];
  const findings: Finding[] = [];
  const { fargate, instances, unknown } = kindsOf(items, owner, property, graph);
  if (fargate && instances) findings.push({ what: "it mixes Fargate with a group of instances", property });
  else if (unknown && items.length > 1) findings.push(...open);
  const bases = items.map(hasBase);
  const based = bases.filter((base) => base === true).length;
  if (based > 1) findings.push({ what: `${based} of its providers have a base`, property });
  else if (based + bases.filter((base) => base === undefined).length > 1) findings.push(...open);
  return findings.length === 0 && items.some(({ state }) => state === "unknown") ? open : findings;
}

function hasBase(item: Reading): Tri {
  const base = item.state === "known" ? readPath(item.value, "base") : item;
  return base.state === "unknown" ? undefined : (number(base) ?? 0) > 0;
}

/**
 * Which kinds of provider the items of a strategy name. A strategy names a provider once: as many of the unknown ones are groups of instances as there
 * are providers of the stack that it takes from and does not name already.
 */
function kindsOf(
  items: readonly Reading[],
  owner: StackResource,
  property: string,
  graph: StackGraph,
): { readonly fargate: boolean; readonly instances: boolean; readonly unknown: boolean } {
  const providers = items.map((item) => (item.state === "known" ? readPath(item.value, "capacityProvider") : item));
  const names = providers.flatMap((provider) => text(provider) ?? []);
  const named = new Set(names.map((name) => graph.identified(name, [CAPACITY_PROVIDER])?.urn));
  const sources = owner.propertyDependencies[property] ?? [];
  const made = sources.filter((urn) => graph.get(urn)?.type === CAPACITY_PROVIDER && !named.has(urn)).length;
  const unknown = providers.filter(({ state }) => state === "unknown").length;
  const isFargate = (name: string): boolean => FARGATE_PROVIDERS.names.some((known) => known === name);
  return {
    fargate: names.some(isFargate),
    instances: !names.every(isFargate) || (unknown > 0 && made > 0),
    unknown: unknown > made,
  };
}
