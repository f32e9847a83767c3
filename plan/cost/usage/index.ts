import { type PlannedResource } from "../../graph";
import { COMPUTE_USAGE } from "./compute";
import { LOG_USAGE } from "./logs";
import { NETWORK_USAGE } from "./network";
import { OBJECT_USAGE } from "./objects";
import { OPERATION_USAGE } from "./operations";
import { STORE_USAGE } from "./stores";
import { type UsageCharge, type UsageContext, type UsagePricer } from "./usage";

const ALL: readonly UsagePricer[] = [...NETWORK_USAGE, ...COMPUTE_USAGE, ...STORE_USAGE, ...LOG_USAGE, ...OBJECT_USAGE, ...OPERATION_USAGE];

/** A type may be paid for in several ways. */
const PRICERS: ReadonlyMap<string, readonly UsagePricer[]> = ALL.reduce(
  (map, pricer) => pricer.types.reduce((inner, type) => inner.set(type, [...(inner.get(type) ?? []), pricer]), map),
  new Map<string, UsagePricer[]>(),
);

/**
 * What a resource is paid for by use.
 * @returns undefined for a type of which nobody here says how much it is used.
 */
export function usageOf(resource: PlannedResource, context: UsageContext): readonly UsageCharge[] | undefined {
  return PRICERS.get(resource.type)?.flatMap(({ charges }) => charges(resource, context));
}
