import { z } from "zod";

const usd = (what: string) => z.number().nonnegative().describe(`${what}, US dollars a month at list prices.`);

/** Whose a cost is. */
const subject = {
  urn: z.string().describe("The resource that is charged for."),
  name: z.string().describe("Its name."),
  layer: z.string().describe("network, compute, service, persistence, visibility or platform."),
  service: z.string().optional().describe("The service it exists for alone; absent for what is shared."),
  what: z.string().describe("What is paid for, such as `hours` or `requests`."),
};

export const CostLine = z.strictObject({
  ...subject,
  item: z.string().describe("Row of facts/prices."),
  quantity: z.number().nonnegative().describe("Units a month."),
  unit: z.string().describe("Unit of the price: h, GB, million …"),
  usdPerUnit: z.number().nonnegative(),
  monthlyUsd: usd("Quantity times price, rounded to a millionth of a dollar"),
  basis: z
    .enum(["fixed", "usage"])
    .describe("fixed: costs the same whether anybody uses it. usage: follows the demand that services declare."),
  assumptions: z.array(z.string()).describe("Ids of what was assumed to know the quantity."),
  source: z.string().describe("Page or list the price was read from."),
  date: z.string().describe("Month in which it was read."),
});

export const Unpriced = z.strictObject({ ...subject, why: z.string().describe("Why nobody here knows what it costs.") });

export const Assumption = z.strictObject({
  id: z.string().describe("By which `--set assumption=…` and `strata:cost.assumptions` override it."),
  what: z.string(),
  value: z.number(),
  unit: z.string(),
  from: z.string().describe("Where the value comes from: a page, a reason, the stack file or the command line."),
});

/** What an environment costs a month, and why. */
export const CostDocument = z.strictObject({
  region: z.string(),
  currency: z.literal("USD"),
  lines: z.array(CostLine),
  unpriced: z.array(Unpriced).describe("What costs money that is not counted; never counted as nothing."),
  assumptions: z.array(Assumption).describe("What the quantities of the lines were computed with."),
  totals: z.strictObject({
    monthlyUsd: usd("Sum of all lines"),
    byLayer: z.array(z.strictObject({ layer: z.string(), monthlyUsd: usd("Sum of its lines") })),
    byService: z
      .array(
        z.strictObject({
          service: z.string(),
          ownUsd: usd("What exists for it alone"),
          sharedUsd: usd("Its part of what it shares with others"),
          monthlyUsd: usd("Both"),
        }),
      )
      .describe("The dearest first."),
    unattributedUsd: usd("What no service uses more than another: the total without what services have"),
  }),
  shares: z
    .array(
      z.strictObject({
        what: z.string().describe("What is shared."),
        monthlyUsd: usd("What it costs"),
        by: z.string().describe("What it is shared out by."),
        parts: z.array(z.strictObject({ service: z.string(), weight: z.number().nonnegative(), monthlyUsd: usd("Its part") })),
      }),
    )
    .describe("How what is shared is attributed to services."),
  budget: z
    .strictObject({ monthlyUsd: usd("What strata:budget lets the environment cost"), over: z.boolean() })
    .optional()
    .describe("Absent when nobody limits it."),
  serviceBudgets: z
    .array(z.strictObject({ service: z.string(), monthlyUsd: usd("What the service may cost"), over: z.boolean() }))
    .describe("Of the services that have one."),
  whatIf: z
    .array(z.strictObject({ change: z.string(), savesUsd: usd("What it saves"), loses: z.string() }))
    .describe("The cheapest changes, computed by `strata cost`; empty in a plan, which makes no others."),
});

export type CostLine = z.infer<typeof CostLine>;
export type Unpriced = z.infer<typeof Unpriced>;
export type Assumption = z.infer<typeof Assumption>;
export type CostDocument = z.infer<typeof CostDocument>;
