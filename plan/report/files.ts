import { type DiffDocument } from "../diff/diff-schema";
import { type PlanDocument } from "../plan-schema";
import { type StackFile } from "../stack-file";
import { reportData } from "./html/data";
import { reportHtml } from "./html/html";
import { layOut } from "./picture/layout";
import { sketchOf } from "./picture/sketch";
import { type PlacementCosts, placementCosts } from "./placement-costs";
import { pictureSvg } from "./svg/svg";

/** A plan as files to look at. */
export interface ReportFiles {
  readonly html: string;
  readonly svg: string;
}

/** What a report is made of. */
export interface ReportOptions {
  /** Where the descriptors are: for what every place would cost. Absent: the report goes without. */
  readonly stack?: StackFile;
  /** The day it is made. Default: the current one, in UTC. */
  readonly day?: string;
  /** How it differs from another plan. Absent: the report says nothing of it. */
  readonly difference?: DiffDocument;
}

/** Draws a plan: a page of everything, and its picture alone. Offline, as the plan is. */
export async function reportFiles(
  plan: PlanDocument,
  { stack, day = new Date().toISOString().slice(0, 10), difference }: ReportOptions = {},
): Promise<ReportFiles> {
  // The layout has a thread of its own.
  const [picture, placement] = await Promise.all([
    layOut(sketchOf(plan)),
    new Promise<ReadonlyMap<string, PlacementCosts>>((done) => done(stack === undefined ? new Map() : placementCosts(stack))),
  ]);
  return {
    html: reportHtml(reportData(plan, { picture, placement, day, ...(difference && { difference }) })),
    svg: pictureSvg(picture, `What ${plan.environment} is made of, and who reaches whom`),
  };
}
