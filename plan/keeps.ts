import { REPLACEMENTS } from "../facts/replacements";
import { type PlannedResource } from "./graph";
import { type PlanDocument } from "./plan-schema";

/** The resources of a plan that keep data, with what would replace each. */
export function keeps(resources: readonly PlannedResource[]): PlanDocument["keeps"] {
  return resources.flatMap(({ urn, type, protect, retainOnDelete = false }) => {
    const row = REPLACEMENTS[type];
    if (!row?.stateful) return [];
    const replacedBy = row.properties.map(({ path, when }) => ({ property: path, ...(when !== undefined && { when }) }));
    return [{ urn, protect, retained: retainOnDelete, replacedBy }];
  });
}
