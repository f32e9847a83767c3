import { type CostDocument } from "../../cost/cost-schema";
import { type DiffDocument } from "../../diff/diff-schema";
import { type PlanDocument } from "../../plan-schema";
import { type ScheduleDocument } from "../../schedule/schedule-schema";
import { type PlacementCosts } from "../placement-costs";
import { type Picture } from "../picture/picture";

/** What is left out of a list that is too long for a page. */
export interface Rest {
  readonly count: number;
}

/** A service with where it runs, and what every place would cost. */
export type ReportService = PlanDocument["services"][number] & {
  /** Its part of the bill. */
  readonly cost?: CostDocument["totals"]["byService"][number];
  /** Absent where the descriptor is not at hand, and for a service without demand. */
  readonly placement?: PlacementCosts;
};

/** The bill, with its dearest lines. */
export type ReportCost = Omit<CostDocument, "lines"> & {
  readonly lines: readonly Omit<CostDocument["lines"][number], "urn">[];
  readonly rest: Rest & { readonly monthlyUsd: number };
};

/** An operation of the schedule, with what a person calls it. */
export type ReportEntry = Omit<ScheduleDocument["entries"][number], "source"> & {
  readonly name: string;
  readonly type: string;
  readonly layer: string;
  readonly service?: string;
};

/** The schedule, with the longest path and the longest operations. */
export type ReportSchedule = Omit<ScheduleDocument, "entries"> & { readonly entries: readonly ReportEntry[]; readonly rest: Rest };

/** Everything a page shows. It is embedded once, as JSON, and everything on the page is drawn from it. */
export interface ReportData {
  readonly environment: string;
  readonly stack: string;
  readonly region: string;
  /** What is to be said before anything else of an environment that is taken down for good; absent otherwise. */
  readonly decommissioning?: string;
  /** The day it was made, as `2026-11-26`. */
  readonly day: string;
  readonly counts: { readonly services: number; readonly resources: number };
  readonly layers: readonly { readonly layer: string; readonly resources: number; readonly types: readonly TypeCount[] }[];
  readonly picture: Picture;
  readonly services: readonly ReportService[];
  readonly swaps: PlanDocument["swaps"];
  /** With why it may not be deployed; absent when it may. */
  readonly policy: PlanDocument["policy"] & { readonly refusal?: string };
  readonly reachability: PlanDocument["reachability"];
  readonly keeps: readonly (PlanDocument["keeps"][number] & { readonly name: string; readonly type: string })[];
  readonly unknown: PlanDocument["unknown"];
  readonly cost: ReportCost;
  readonly schedule: ReportSchedule;
  /** How it differs from another plan; absent when it was compared with none. */
  readonly difference?: DiffDocument;
}

/** How many resources there are of a type. */
export interface TypeCount {
  readonly type: string;
  readonly count: number;
}
