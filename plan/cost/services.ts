import { SECONDS_PER_MONTH } from "../../components/compute/placement/load";
import { type Demand } from "../../components/service/descriptor";
import { SERVICE_COMPONENT } from "../../policy/lib/declared-service";
import { type PlannedResource } from "../graph";
import { type PlanDocument } from "../plan-schema";
import { type Assumptions } from "./assumptions";

/** What one service is used for: as it declares it, as far as that reaches the environment. */
export interface ServiceUse {
  readonly name: string;
  /** Its component. */
  readonly resource: PlannedResource;
  readonly target: string;
  /** As much as reaches the environment. */
  readonly demand: Demand;
  /** Requests, messages or runs a month. */
  readonly requests: number;
  /** True when it listens on a port that speaks HTTP, or is called by an HTTP API. */
  readonly fromInternet: boolean;
  readonly bindings: PlanDocument["services"][number]["bindings"];
}

/** Ids of what every use of a service rests on. */
export const DEMAND_ASSUMPTION = "demand.share";

function isDemand(value: unknown): value is Demand {
  return typeof value === "object" && value !== null && "average" in value && typeof value.average === "number" && "shape" in value;
}

/**
 * The services of an environment, read from what their components declare.
 * @param services what the plan says of them; one without a component is left out, as it costs nothing.
 */
export function usesOf(
  resources: readonly PlannedResource[],
  services: PlanDocument["services"],
  assumptions: Assumptions,
): readonly ServiceUse[] {
  const components = new Map(resources.flatMap((resource) => (resource.type === SERVICE_COMPONENT ? [[resource.name, resource]] : [])));
  const share = assumptions.value(DEMAND_ASSUMPTION);
  return services.flatMap(({ name, target, bindings }) => {
    const resource = components.get(name);
    const declared: unknown = resource?.inputs["demand"];
    if (!resource || !isDemand(declared)) return [];
    const demand = { ...declared, average: declared.average * share, peak: declared.peak * share };
    const requests = demand.average * SECONDS_PER_MONTH;
    return [{ name, resource, target, demand, requests, fromInternet: resource.inputs["from"] === "internet", bindings }];
  });
}
