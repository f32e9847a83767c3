import { z } from "zod";

const side = z.strictObject({
  environment: z.string(),
  stack: z.string().describe("Project and stack, as `project/stack`."),
  source: z.string().describe("What it was read from: the plan of today, a commit, a file."),
});

const change = z.strictObject({
  kind: z.enum(["added", "removed", "changed", "renamed"]),
  type: z.string(),
  name: z.string().describe("On the second side; of what was removed, on the first."),
  was: z.string().optional().describe("The name on the first side, of what was renamed."),
  layer: z.string(),
  service: z.string().optional().describe("The service it exists for alone; absent for what is shared."),
  stateful: z.boolean().describe("True when its deletion or replacement loses data."),
  replacedBy: z.array(z.string()).describe("Changed inputs that replace it; empty where the sides are different environments."),
  properties: z
    .array(z.strictObject({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }))
    .describe("Inputs that differ, without what follows from the environment's name. A side without the input has no value."),
});

const delta = z.strictObject({ from: z.number(), to: z.number(), delta: z.number() });

/** `strata diff --json`. */
export const DiffDocument = z
  .strictObject({
    from: side,
    to: side,
    changes: z.array(change).describe("What loses data first, then by service and layer."),
    counts: z.strictObject({ added: z.int(), removed: z.int(), changed: z.int(), renamed: z.int(), same: z.int() }),
    monthlyUsd: delta.optional().describe("Cost; absent where a side does not say it."),
    minutes: delta.optional().describe("Minutes to create all of it; absent where a side does not say it."),
  })
  .meta({ title: "Strata difference", description: "What differs between two environments, or between an environment and what it was." });

export type DiffDocument = z.infer<typeof DiffDocument>;
export type Change = DiffDocument["changes"][number];
