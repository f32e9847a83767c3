import { z } from "zod";

const Properties = z.record(z.string(), z.json());

const StateResource = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean(),
  id: z.string().optional(),
  parent: z.string().optional(),
  /** The provider resource that manages it, as `urn::id`. */
  provider: z.string().optional(),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  dependencies: z.array(z.string()).default([]),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).default({}),
  inputs: Properties.default({}),
  outputs: Properties.default({}),
});

/** One resource of a stack's state. */
export type StateResource = z.output<typeof StateResource>;

const StackState = z.object({
  deployment: z.object({
    resources: z.array(StateResource).default([]),
    pending_operations: z.array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) })).default([]),
  }),
});

/** What the engine keeps of a stack: what `pulumi stack export` prints. */
export interface StackState {
  readonly resources: readonly StateResource[];
  /** URNs of what a killed update had begun. */
  readonly pending: readonly string[];
}

/**
 * Reads what `pulumi stack export` prints.
 * Source: `apitype.DeploymentV3` of pulumi 3.248 (2026-11-23).
 * @throws {z.ZodError} when it is something else.
 */
export function readStackState(document: unknown): StackState {
  const { deployment } = StackState.parse(document);
  return { resources: deployment.resources, pending: deployment.pending_operations.map(({ resource }) => resource.urn) };
}
