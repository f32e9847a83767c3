import { z } from "zod";
import { TARGETS } from "../components/service/descriptor";
import { LEVELS } from "../policy/lib/levels";
import { CostDocument } from "./cost/cost-schema";
import { type Json, type PlannedResource } from "./graph";
import { ScheduleDocument } from "./schedule/schedule-schema";

const urns: z.ZodType<readonly string[]> = z.array(z.string()).describe("URNs.");
/** A document is read from JSON, so that whatever stands there is a value of it. */
const json = z.unknown() as z.ZodType<Json>;
const properties = z
  .record(z.string(), json)
  .describe(
    "Property values. Secrets read `[secret]`; values not known before the resource exists read `04da6b54-80e4-46f7-96ec-b56ff0331ba9`.",
  );

/** A resource as it was recorded. */
export const PlanResource = z.strictObject({
  urn: z.string(),
  type: z.string().describe("Type token, such as aws:rds/cluster:Cluster."),
  name: z.string(),
  parent: z.string().exactOptional().describe("URN of the parent; only the stack has none."),
  component: z.string().exactOptional().describe("URN of the nearest strata: component around it, its own if it is one."),
  custom: z.boolean().describe("True when a provider manages it, false for a component."),
  remote: z.boolean().describe("True for a component whose children another process makes."),
  dependencies: urns.describe("URNs it waits for."),
  propertyDependencies: z.record(z.string(), urns).describe("For each input property, the URNs its value comes from."),
  protect: z.boolean(),
  provider: z.string().exactOptional().describe("Provider resource that manages it, as urn::id."),
  deletedWith: z.string().exactOptional().describe("URN of the resource it is gone with."),
  retainOnDelete: z.literal(true).exactOptional().describe("Kept in AWS when it is deleted from the stack."),
  deleteBeforeReplace: z.literal(true).exactOptional().describe("Deleted before its replacement is made."),
  aliases: urns.exactOptional().describe("URNs it had before; absent when it always had this one."),
  inputs: properties,
  outputs: properties,
}) satisfies z.ZodType<PlannedResource>;

const PlanService = z.strictObject({
  name: z.string(),
  target: z.enum(TARGETS).describe("Where it runs."),
  reason: z.string().describe("What decided that."),
  waitingFor: z.array(z.string()).optional().describe("What is not there yet, and it runs without; absent when nothing."),
  bindings: z.array(
    z.strictObject({
      to: z.string().describe("Store or service."),
      kind: z.string(),
      access: z.string(),
      variables: z.array(z.string()).describe("Names of the environment variables it gives."),
    }),
  ),
});

const finding = { pack: z.string(), rule: z.string(), urn: z.string() };

const violated = {
  ...finding,
  severity: z.string(),
  message: z.string(),
  property: z.string().optional().describe("The input that is wrong, where it is one."),
  fix: z.string(),
};

const agreed = {
  reason: z.string().describe("Why the rule need not be kept there."),
  owner: z.string().describe("Who answers for it."),
  expires: z.string().describe("The last day on which it holds, as 2027-03-31."),
};

/** What policies say of a plan, or of a real stack. */
export const PlanPolicy = z.strictObject({
  packs: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.int(),
      levels: z.partialRecord(z.enum(LEVELS), z.int()).describe("How many of its rules have which level here."),
    }),
  ),
  evaluations: z.int().describe("Verdicts reached, those not evaluated included."),
  violations: z.array(
    z.strictObject({ ...violated, level: z.enum(["advisory", "mandatory"]).describe("A mandatory one stops a deployment.") }),
  ),
  excepted: z.array(z.strictObject({ ...violated, ...agreed })).describe("What breaks a rule and is let off by an exception."),
  remediated: z
    .array(
      z.strictObject({
        ...finding,
        message: z.string(),
        properties: z.array(z.string()).describe("Paths of the inputs that are changed."),
      }),
    )
    .describe("What breaks a rule and the engine would mend, because the level of the rule is `remediate`."),
  notEvaluated: z.array(z.strictObject({ ...finding, why: z.string() })),
  broken: z
    .array(z.strictObject({ ...finding, urn: z.string().optional(), error: z.string() }))
    .describe("Rules that failed themselves; never counted as passed."),
  exceptions: z
    .array(
      z.strictObject({
        rule: z.string(),
        urn: z.string().optional().describe("Pattern of the URN."),
        type: z.string().optional().describe("Pattern of the type."),
        name: z.string().optional().describe("Pattern of the name."),
        stack: z.string().optional().describe("Pattern of the stack's name."),
        ...agreed,
        state: z
          .enum(["used", "unused", "expired"])
          .describe("An expired one excuses nothing and stops a deployment; an unused one should be removed."),
      }),
    )
    .describe("Exceptions that are about this environment, from rules that are not disabled in it."),
});

/** `strata plan --json`. */
export const PlanDocument = z
  .strictObject({
    environment: z.string(),
    stack: z.string().describe("Project and stack, as `project/stack`."),
    region: z.string(),
    decommissioning: z
      .literal(true)
      .optional()
      .describe("The environment is being taken down for good, and nothing of it is protected from deletion."),
    resources: z.array(PlanResource).describe("In the order in which they were registered; a resource stands after what it depends on."),
    services: z.array(PlanService),
    swaps: z
      .array(
        z.strictObject({
          store: z.string().describe("Kind and name of a store; kafka, activemq or cache for what all share."),
          property: z.string().describe("What is cheaper: capacity, instances, backups …"),
          here: z.string().describe("What it is here."),
          durable: z.string().describe("The least that a durable environment takes."),
        }),
      )
      .describe("Where a store is cheaper than a durable environment would have it; empty in a durable one."),
    cost: CostDocument,
    policy: PlanPolicy,
    reachability: z
      .array(z.strictObject({ from: z.string(), to: z.string(), port: z.int() }))
      .describe("Who can open a connection to whom, computed from security groups, subnets and routes."),
    keeps: z
      .array(
        z.strictObject({
          urn: z.string(),
          protect: z.boolean().describe("True when the engine refuses to delete or replace it."),
          retained: z.boolean().describe("True when it stays in AWS although the stack lets it go."),
          replacedBy: z
            .array(
              z.strictObject({
                property: z.string(),
                when: z.string().optional().describe("The only change that does it. Absent: every one."),
              }),
            )
            .describe("Inputs whose change replaces it."),
        }),
      )
      .describe("Resources whose replacement loses data, or the only way to it."),
    unknown: z
      .array(z.strictObject({ urn: z.string(), properties: z.array(z.string()) }))
      .describe("Inputs whose value is only known once the resource they come from exists."),
    schedule: ScheduleDocument.describe("How long it takes to create all of it, and what holds it up."),
  })
  .meta({ title: "Strata plan", description: "What an environment will be made of." });

export type PlanDocument = z.infer<typeof PlanDocument>;
