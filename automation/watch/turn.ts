import { makePlan, type Plan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { planText } from "../../plan/text";
import { described } from "../described-error";
import { writePlan } from "../planning/plan-files";
import { changeLine } from "./change-line";

const MS_PER_SECOND = 1000;

/** What is planned again and again. */
export interface WatchOptions {
  readonly root: string;
  readonly environment: string;
  readonly json: boolean;
  readonly out?: string;
  readonly verbose: boolean;
  readonly width: number;
}

/** What one turn came to: a plan that can be printed, or why there is none. */
export type Turned = { readonly planned: Plan; readonly text: string } | { readonly failure: string };

async function planned({ root, environment, json, out, verbose, width }: WatchOptions, before: PlanDocument | undefined): Promise<Turned> {
  const started = performance.now();
  const plan = await makePlan(root, environment, { traces: verbose, before });
  const seconds = (performance.now() - started) / MS_PER_SECOND;
  if (out !== undefined) await writePlan(out, plan, seconds);
  if (json) return { planned: plan, text: JSON.stringify(plan.document) };
  return { planned: plan, text: before ? changeLine(before, plan.document) : planText(plan, { width, seconds }).trimEnd() };
}

/**
 * Plans once. All that may change under a watch is reached from here, so that loading this module again loads what has changed of it.
 * @param before the last plan, with which this one is compared.
 * @param failure rejects with what the program rejected and nobody awaited.
 */
export async function turn(options: WatchOptions, before: PlanDocument | undefined, failure: Promise<never>): Promise<Turned> {
  try {
    return await Promise.race([planned(options, before), failure]);
  } catch (error) {
    return { failure: described(error, options.verbose).text };
  }
}
