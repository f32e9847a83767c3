import { z } from "zod";
import { VisibilitySection } from "../../stacks/config/visibility-section";
import { CostSection } from "../../stacks/config/cost-section";
import { type AssumptionValues } from "./assumptions";

const COST = "strata:cost";
const VISIBILITY = "strata:visibility";

/** A section of a stack's configuration; undefined when it is absent or wrong, which the program reports. */
function section<Schema extends z.ZodType>(schema: Schema, text: string | undefined): z.output<Schema> | undefined {
  if (text === undefined) return undefined;
  const result = schema.safeParse(JSON.parse(text));
  return result.success ? result.data : undefined;
}

/** What of a month's requests is traced, and so paid for, where AWS X-Ray keeps the traces. */
function tracing(config: Readonly<Record<string, string>>): AssumptionValues {
  const apm = section(VisibilitySection, config[VISIBILITY])?.apm;
  if (apm?.kind !== "xray") return {};
  return { "traces.sampled": { value: apm.sampling, from: `${VISIBILITY}.apm.sampling` } };
}

/**
 * What a stack file knows better than the assumptions.
 * @param config of the stack: values by full key, anything but text as JSON.
 */
export function assumptionValues(config: Readonly<Record<string, string>>): AssumptionValues {
  const given = section(CostSection, config[COST])?.assumptions ?? {};
  return {
    ...tracing(config),
    ...Object.fromEntries(Object.entries(given).map(([id, value]) => [id, { value, from: `${COST}.assumptions` }])),
  };
}
