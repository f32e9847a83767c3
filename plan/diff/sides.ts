import { type PlanDocument } from "../plan-schema";
import { type RealStack } from "../real/resource";
import { type Side } from "./diff";

/** What of a plan is compared; a plan of an older version may say less. */
export type PlanLike = Pick<PlanDocument, "environment" | "stack"> & {
  readonly resources: PlanDocument["resources"];
  readonly cost?: { readonly totals: { readonly monthlyUsd: number } };
  readonly schedule?: { readonly minutes: number };
};

/** A plan as one side. @param source what it was read from, in words. */
export function planSide({ environment, stack, resources, cost, schedule }: PlanLike, source: string): Side {
  return {
    environment,
    stack,
    source,
    resources,
    ...(cost && { monthlyUsd: cost.totals.monthlyUsd }),
    ...(schedule && { minutes: schedule.minutes }),
  };
}

/** A real stack as one side; the components of other processes are components like any other there. */
export function stateSide({ project, stack, resources }: RealStack, source: string): Side {
  return {
    environment: stack,
    stack: `${project}/${stack}`,
    source,
    resources: resources.map((resource) => ({ ...resource, remote: false })),
  };
}
