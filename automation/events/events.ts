import { z } from "zod";

/** What an environment can be asked for. */
export const OPERATIONS = ["preview", "up", "refresh", "drift", "destroy", "import", "cancel"] as const;

export type Operation = (typeof OPERATIONS)[number];

/** How an operation ends: by itself, with an error, because somebody stopped it in good order, or because the engine was killed. */
export const OUTCOMES = ["succeeded", "failed", "stopped", "killed"] as const;

export type Outcome = (typeof OUTCOMES)[number];

const numbered = {
  sequence: z.int().nonnegative().describe("Number of the event in its operation, from 0, without gaps."),
  time: z.iso.datetime().describe("When it was reported, in UTC."),
};

const urn = z.string().startsWith("urn:pulumi:");

/** How a property differs, as a provider says it. */
const PropertyChange = z.strictObject({
  property: z.string().describe("Path of the property, such as tags.owner or ingress[0].fromPort."),
  kind: z.enum(["add", "update", "delete"]),
  replaces: z.boolean().describe("Its change makes a new resource in place of the old one."),
});

export type PropertyChange = z.output<typeof PropertyChange>;

/** What the engine does, or would do, to one resource. Values are left out: they may be secret. */
const step = {
  op: z
    .string()
    .describe("The engine's word: same, create, update, delete, replace, create-replacement, delete-replaced, read, refresh, import …"),
  urn,
  type: z.string().describe("Type token, such as aws:rds/cluster:Cluster."),
  name: z.string(),
  custom: z.boolean().describe("True when a provider manages it; false for a component."),
  id: z.string().optional().describe("Id in the cloud, where it has one already."),
  parent: urn.optional(),
  protect: z.boolean(),
  retainOnDelete: z.boolean().describe("Kept in the cloud when it leaves the stack."),
  replaceKeys: z.array(z.string()).describe("Properties that make it a replacement; none when it is none."),
  changedKeys: z.array(z.string()).describe("Properties that differ."),
  changes: z.array(PropertyChange).describe("The same in detail, where the provider gives it."),
};

/** One step of a preview. */
export const PlannedStep = z.strictObject(step);

export type PlannedStep = z.output<typeof PlannedStep>;

const Severity = z.enum(["info", "warning", "error"]);

/**
 * What every operation reports, in order and numbered without gaps. The first is `begun`, the last `ended`, whatever happens to the engine in between.
 */
export const PlatformEvent = z.discriminatedUnion("kind", [
  z.strictObject({ ...numbered, kind: z.literal("begun"), operation: z.enum(OPERATIONS), environment: z.string() }),
  z.strictObject({
    ...numbered,
    kind: z.literal("resource"),
    phase: z
      .enum(["planned", "started", "done", "failed"])
      .describe("planned in a preview; started, then done or failed, when it is carried out. A resource that stays the same is only done."),
    ...step,
  }),
  z.strictObject({ ...numbered, kind: z.literal("diagnostic"), severity: Severity, message: z.string(), urn: urn.optional() }),
  z.strictObject({
    ...numbered,
    kind: z.literal("policy"),
    pack: z.string(),
    rule: z.string(),
    level: z.enum(["advisory", "mandatory"]),
    urn: urn.optional().describe("Absent where it is about the stack as a whole."),
    message: z.string(),
  }),
  z.strictObject({
    ...numbered,
    kind: z.literal("guard"),
    finding: z.string().describe("What was found, in one word: replaces, deletes, policy, budget, outage …"),
    urn: urn.optional(),
    message: z.string(),
    stops: z.boolean().describe("False when somebody agreed to it by name."),
  }),
  z.strictObject({
    ...numbered,
    kind: z.literal("recovery"),
    action: z.string().describe("What was done: lock-cleared, adopted, dropped, retried …"),
    urn: urn.optional(),
    message: z.string(),
  }),
  z.strictObject({
    ...numbered,
    kind: z.literal("summary"),
    changes: z.record(z.string(), z.int()).describe("Number of resources by what happens to them."),
    seconds: z.number().nonnegative().describe("How long the engine took."),
    preview: z.boolean().describe("True when nothing was changed."),
  }),
  z.strictObject({
    ...numbered,
    kind: z.literal("ended"),
    outcome: z.enum(OUTCOMES),
    error: z.strictObject({ name: z.string(), message: z.string() }).optional().describe("What stopped it; absent when it succeeded."),
  }),
]);

export type PlatformEvent = z.output<typeof PlatformEvent>;

/** An event of one kind. */
export type EventOf<Kind extends PlatformEvent["kind"]> = Extract<PlatformEvent, { readonly kind: Kind }>;

type WithoutNumber<Event> = Event extends unknown ? Omit<Event, "sequence" | "time"> : never;

/** An event before it is numbered. */
export type UnnumberedEvent = WithoutNumber<PlatformEvent>;

/** Takes the events of an operation, in order. What it throws ends nothing but itself. */
export type EventListener = (event: PlatformEvent) => void;
