import { decommissioningText } from "../../../stacks/decommissioning";
import { type CostDocument } from "../../cost/cost-schema";
import { type DiffDocument } from "../../diff/diff-schema";
import { type PlannedResource } from "../../graph";
import { layerOf } from "../../layers";
import { serviceOf } from "../../owner";
import { type PlanDocument } from "../../plan-schema";
import { type ScheduleDocument } from "../../schedule/schedule-schema";
import { nameOf, typeOf } from "../../urn";
import { type Picture } from "../picture/picture";
import { type PlacementCosts } from "../placement-costs";
import { refusal } from "../policy-report";
import { type ReportCost, type ReportData, type ReportSchedule } from "./report-data";

/** What a report is made of beside the plan. */
export interface ReportParts {
  readonly picture: Picture;
  /** By service; empty where the descriptors are not at hand. */
  readonly placement: ReadonlyMap<string, PlacementCosts>;
  /** The day it is made, as `2026-11-26`. */
  readonly day: string;
  /** How it differs from another plan; absent when it was compared with none. */
  readonly difference?: DiffDocument;
}

/** Lines and operations that a page holds: what is left out is counted. */
const MOST_LINES = 2_000;
const MOST_ENTRIES = 1_500;
const MOST_FINDINGS = 2_000;

/** Everything that a page shows of a plan. */
export function reportData(plan: PlanDocument, { picture, placement, day, difference }: ReportParts): ReportData {
  const { environment, stack, region, decommissioning, resources, policy, cost, schedule } = plan;
  const why = refusal(policy);
  const bill = new Map(cost.totals.byService.map((one) => [one.service, one]));
  return {
    environment,
    stack,
    region,
    ...(decommissioning && { decommissioning: decommissioningText(environment) }),
    day,
    counts: { services: plan.services.length, resources: resources.filter(isManaged).length },
    layers: layers(resources),
    picture,
    services: plan.services.map((service) => {
      const [own, costs] = [bill.get(service.name), placement.get(service.name)];
      return { ...service, ...(own && { cost: own }), ...(costs && { placement: costs }) };
    }),
    swaps: plan.swaps,
    policy: {
      ...policy,
      violations: policy.violations.slice(0, MOST_FINDINGS),
      notEvaluated: policy.notEvaluated.slice(0, MOST_FINDINGS),
      ...(why !== undefined && { refusal: why }),
    },
    reachability: plan.reachability,
    keeps: plan.keeps.map((kept) => ({ ...kept, name: nameOf(kept.urn), type: typeOf(kept.urn) })),
    unknown: plan.unknown,
    cost: costData(cost),
    schedule: scheduleData(schedule, resources),
    ...(difference && { difference: { ...difference, changes: difference.changes.slice(0, MOST_FINDINGS) } }),
  };
}

function isManaged({ custom, type }: PlannedResource): boolean {
  return custom && !type.startsWith("pulumi:");
}

function layers(resources: readonly PlannedResource[]): ReportData["layers"] {
  const found = new Map<string, Map<string, number>>();
  for (const resource of resources.filter(isManaged)) {
    const types = found.get(layerOf(resource)) ?? new Map<string, number>();
    found.set(layerOf(resource), types.set(resource.type, (types.get(resource.type) ?? 0) + 1));
  }
  return [...found].map(([layer, types]) => ({
    layer,
    resources: [...types.values()].reduce((sum, count) => sum + count, 0),
    types: [...types].map(([type, count]) => ({ type, count })).sort((left, right) => right.count - left.count),
  }));
}

/** The bill, the dearest lines first. */
function costData({ lines, ...rest }: CostDocument): ReportCost {
  const sorted = [...lines].sort((left, right) => right.monthlyUsd - left.monthlyUsd);
  const left = sorted.slice(MOST_LINES);
  return {
    ...rest,
    lines: sorted.slice(0, MOST_LINES).map(({ urn: _, ...line }) => line),
    rest: { count: left.length, monthlyUsd: left.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0) },
  };
}

/** The schedule: its longest path whole, and of the rest the longest operations. */
function scheduleData({ entries, ...rest }: ScheduleDocument, resources: readonly PlannedResource[]): ReportSchedule {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const shown = [...entries]
    .sort((left, right) => Number(right.critical) - Number(left.critical) || right.minutes - left.minutes)
    .slice(0, MOST_ENTRIES)
    .sort((left, right) => left.start - right.start || right.minutes - left.minutes);
  return {
    ...rest,
    entries: shown.map(({ source: _, ...entry }) => {
      const resource = byUrn.get(entry.urn);
      const service = resource && serviceOf(resource, resources);
      return {
        ...entry,
        name: nameOf(entry.urn),
        type: typeOf(entry.urn),
        layer: resource ? layerOf(resource) : "platform",
        ...(service !== undefined && { service }),
      };
    }),
    rest: { count: entries.length - shown.length },
  };
}
