import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isSystemError } from "../../components/system-error";

const pattern = z.string().describe("`*` stands for any text.");

const Clock = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }).describe("Nothing takes time."),
    z
      .strictObject({
        kind: z.literal("scaled"),
        began: z.number().describe("Wall time at which the simulated clock was at 0, in milliseconds since 1970."),
        millisecondsPerMinute: z.number().positive().describe("Wall time that a minute of AWS takes."),
      })
      .describe("Time passes evenly. What the engine needs for itself counts too."),
    z
      .strictObject({ kind: z.literal("jumping"), socket: z.string().describe("Where its server listens: see jumping-clock.ts.") })
      .describe("Time stands while anything of the engine works, and jumps to the next end of an operation when nothing does."),
  ])
  .describe("How fast simulated time passes.");

/** An error that AWS gives where it need not. */
const Fault = z.strictObject({
  type: pattern.optional().describe("Type token of what it strikes. Default: every type."),
  urn: pattern.optional().describe("URN of what it strikes. Default: every one."),
  operation: z.enum(["create", "read", "update", "delete"]).default("create"),
  occurs: z
    .union([
      z.literal("always"),
      z.literal("once-per-type").describe("The first operation of each type that it could strike."),
      z.strictObject({ nth: z.int().positive().describe("The nth operation that it could strike, counted over all runs.") }),
      z.strictObject({ probability: z.number().min(0).max(1), seed: z.string() }).describe("The same seed strikes the same operations."),
    ])
    .default("always"),
  at: z
    .enum(["before", "after", "lost", "hang"])
    .default("before")
    .describe(
      "before: nothing was done. after: it was done, and the provider knows what there is and that it is not right. lost: it was done, and the answer never came, so that nobody knows. hang: no answer, ever.",
    ),
  error: z.string().optional().describe("As AWS words it. Default: its answer when it is overloaded."),
});
export type Fault = z.infer<typeof Fault>;

const Bucket = z.strictObject({
  burst: z.number().positive().describe("Calls that are taken at once."),
  perSecond: z.number().positive().describe("Calls a second that come on top."),
  attempts: z.int().positive().default(25).describe("Calls after which the provider gives up; 25 is `max_retries` of the AWS provider."),
});
export type Bucket = z.infer<typeof Bucket>;

/** How the simulated cloud behaves: how long things take, and what goes wrong. All times are simulated ones. */
export const Behaviour = z.strictObject({
  clock: Clock.default({ kind: "none" }),
  faults: z.array(Fault).default([]),
  throttling: z
    .record(z.string(), Bucket)
    .default({})
    .describe(
      "Calls that change something, by service: ec2, iam, rds … An account's limit is counted by each provider process for itself.",
    ),
  quotas: z.record(z.string(), z.int().nonnegative()).default({}).describe("Most resources of a type, by its token."),
  roleSeconds: z.number().nonnegative().default(0).describe("A role can't be assumed for so long after its creation."),
  roleRetriedSeconds: z
    .number()
    .nonnegative()
    .default(120)
    .describe("How long the provider asks again; 120 is `propagationTimeout` of the AWS provider's iam package."),
  listLagSeconds: z.number().nonnegative().default(0).describe("A search finds a resource so long after its creation."),
  dependencies: z
    .boolean()
    .default(false)
    .describe(
      "Whether a deletion of what is in use is refused, as AWS does; the network interfaces of a function are in use for a while after it.",
    ),
});
export type Behaviour = z.infer<typeof Behaviour>;
export type BehaviourInput = z.input<typeof Behaviour>;

const FILE = "behaviour.json";

/**
 * How the cloud in a folder behaves; read once by each provider process.
 * @returns the defaults when the folder says nothing: nothing takes time and nothing goes wrong.
 * @throws {z.ZodError} for a file with faults.
 */
export function readBehaviour(folder: string): Behaviour {
  let text = "{}";
  try {
    text = readFileSync(join(folder, FILE), "utf8");
  } catch (error) {
    if (!isSystemError(error, "ENOENT")) throw error;
  }
  return Behaviour.parse(JSON.parse(text));
}

/** Says how the cloud in a folder behaves from now on; provider processes that run already keep to what they read. */
export function writeBehaviour(folder: string, behaviour: BehaviourInput): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(Behaviour.parse(behaviour), undefined, 2)}\n`);
}
