import { z } from "zod";

const minutes = z.number().nonnegative();

/** How long an environment takes to make, change or remove, and why. */
export const ScheduleDocument = z
  .strictObject({
    action: z.enum(["create", "update", "destroy"]),
    minutes: minutes.describe("From the first operation to the end of the last, when nothing waits for a free worker. The longest path."),
    lowerBoundMinutes: minutes.describe(
      "The same over the orders that AWS forces alone: nothing could make it shorter but other resources.",
    ),
    criticalPath: z.array(z.string()).describe("URNs of the longest path, in order; what comes before and after takes no time."),
    entries: z
      .array(
        z.strictObject({
          urn: z.string(),
          start: minutes.describe("The earliest minute at which it can start."),
          minutes,
          critical: z.boolean().describe("True on the longest path: a minute more here is a minute more in all."),
          source: z.string().describe("Page that the minutes come from."),
        }),
      )
      .describe("Every operation, by start. Components take no time and have no entry."),
    avoidable: z
      .array(
        z.strictObject({
          from: z.string().describe("URN of what is waited for."),
          to: z.string().describe("URN of what waits."),
          addsMinutes: minutes.describe("How much later all ends for it."),
        }),
      )
      .describe("Orders that make it longer, no property needs and AWS does not require, the dearest first."),
    width: z.int().nonnegative().describe("Most operations in flight at once: with fewer workers it takes longer."),
  })
  .describe("Minutes are usual ones of us-east-1, from facts/durations.");

export type ScheduleDocument = z.infer<typeof ScheduleDocument>;
