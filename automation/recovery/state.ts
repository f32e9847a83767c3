import { z } from "zod";
import { type Json } from "../../plan/graph";

const Bag = z.record(z.string(), z.custom<Json>());

/** A resource as a state holds it. What is not named here is kept as it is. Source: `apitype.ResourceV3` of pulumi 3.260 (2026-11-26). */
const StateResource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().nullish(),
  id: z.string().nullish(),
  /** It is replaced already, and still to be deleted. */
  delete: z.boolean().nullish(),
  /** It is deleted, and its replacement not made yet. */
  pendingReplacement: z.boolean().nullish(),
  /** It was read, not made. */
  external: z.boolean().nullish(),
  parent: z.string().nullish(),
  provider: z.string().nullish(),
  dependencies: z.array(z.string()).nullish(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
  deletedWith: z.string().nullish(),
  /** The engine reads it through its provider before the next operation, and then takes the mark off. */
  refreshBeforeUpdate: z.boolean().nullish(),
  inputs: Bag.nullish(),
  outputs: Bag.nullish(),
});

export type StateResource = z.output<typeof StateResource>;

/** What the engine had begun when it ended. Source: `OperationType` in pkg/resource/operation.go of pulumi 3.260 (2026-11-26). */
const OPERATIONS = ["creating", "updating", "deleting", "reading", "importing"] as const;

const PendingOperation = z.looseObject({ type: z.enum(OPERATIONS), resource: StateResource });

export type PendingOperation = z.output<typeof PendingOperation>;

const StateSchema = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({
    manifest: z.looseObject({ time: z.string() }).optional(),
    resources: z.array(StateResource).nullish(),
    pending_operations: z.array(PendingOperation).nullish(),
  }),
});

/** The whole state of a stack, as `pulumi stack export` prints it, to be edited and given back. */
export type State = z.output<typeof StateSchema>;

/**
 * Reads a state; nothing of it is lost or added.
 * @throws {z.ZodError} when it is none.
 */
export function readEditable(document: unknown): State {
  return StateSchema.parse(document);
}

/** How the state of a stack is had and given back, whatever drives the engine. */
export interface StateAccess {
  /** What `pulumi stack export` prints: secrets stay encrypted. */
  export(): Promise<unknown>;
  /** Does what `pulumi stack import` does: the state is checked, then written whole, under the back end's lock. */
  import(state: State): Promise<void>;
}

/** What was done to recover, as it is reported: the body of a `recovery` event. */
export interface RecoveryStep {
  /** In one word: `lock-released`, `state-kept`, `adopted`, `dropped`, `reread`, `undecided`, `retried`. */
  readonly action: string;
  readonly urn?: string;
  readonly message: string;
}

export type Report = (step: RecoveryStep) => void;
