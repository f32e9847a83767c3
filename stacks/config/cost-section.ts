import { z } from "zod";
import { COST_ASSUMPTION_IDS } from "../../facts/cost-assumptions";

/** `strata:cost`: what is known better than what the plan assumes. */
export const CostSection = z
  .strictObject({
    assumptions: z
      .partialRecord(z.enum(COST_ASSUMPTION_IDS), z.number().nonnegative())
      .default({})
      .describe(
        "Values instead of those that the monthly cost is computed with, by their ids in `strata cost`. Default: facts/cost-assumptions.ts.",
      ),
  })
  .prefault({})
  .describe("What the monthly cost is computed with.");
