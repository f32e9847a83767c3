import { z } from "zod";
import { TARGETS } from "../components/service/descriptor";

const urns = z.array(z.string()).describe("URNs.");
const properties = z
  .record(z.string(), z.unknown())
  .describe(
    "Property values. Secrets read `[secret]`; values not known before the resource exists read `04da6b54-80e4-46f7-96ec-b56ff0331ba9`.",
  );

const PlanResource = z.strictObject({
  urn: z.string(),
  type: z.string().describe("Type token, such as aws:rds/cluster:Cluster."),
  name: z.string(),
  parent: z.string().optional().describe("URN of the parent; only the stack has none."),
  component: z.string().optional().describe("URN of the nearest strata: component around it, its own if it is one."),
  custom: z.boolean().describe("True when a provider manages it, false for a component."),
  remote: z.boolean().describe("True for a component whose children another process makes."),
  dependencies: urns.describe("URNs it waits for."),
  propertyDependencies: z.record(z.string(), urns).describe("For each input property, the URNs its value comes from."),
  protect: z.boolean(),
  provider: z.string().optional().describe("Provider resource that manages it, as urn::id."),
  deletedWith: z.string().optional().describe("URN of the resource it is gone with."),
  retainOnDelete: z.literal(true).optional().describe("Kept in AWS when it is deleted from the stack."),
  inputs: properties,
  outputs: properties,
});

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

const PlanPolicy = z.strictObject({
  packs: z.array(z.strictObject({ name: z.string(), rules: z.int(), level: z.string() })),
  evaluations: z.int().describe("Verdicts reached, those not evaluated included."),
  violations: z.array(
    z.strictObject({
      pack: z.string(),
      rule: z.string(),
      severity: z.string(),
      level: z.string(),
      urn: z.string(),
      message: z.string(),
      property: z.string().optional(),
      fix: z.string(),
    }),
  ),
  notEvaluated: z.array(z.strictObject({ pack: z.string(), rule: z.string(), urn: z.string(), why: z.string() })),
  broken: z
    .array(z.strictObject({ pack: z.string(), rule: z.string(), urn: z.string().optional(), error: z.string() }))
    .describe("Rules that failed themselves; never counted as passed."),
});

/** `strata plan --json`. */
export const PlanDocument = z
  .strictObject({
    environment: z.string(),
    stack: z.string().describe("Project and stack, as `project/stack`."),
    region: z.string(),
    resources: z.array(PlanResource).describe("In the order in which they were registered; a resource stands after what it depends on."),
    services: z.array(PlanService),
    policy: PlanPolicy,
    reachability: z
      .array(z.strictObject({ from: z.string(), to: z.string(), port: z.int() }))
      .describe("Who can open a connection to whom, computed from security groups, subnets and routes."),
    unknown: z
      .array(z.strictObject({ urn: z.string(), properties: z.array(z.string()) }))
      .describe("Inputs whose value is only known once the resource they come from exists."),
  })
  .meta({ title: "Strata plan", description: "What an environment will be made of." });

export type PlanDocument = z.infer<typeof PlanDocument>;
