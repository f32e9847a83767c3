import { type EngineResource } from "../../plan/real/resource";
import { EngineState } from "../../plan/real/state";

/** One resource of a stack's state. */
export type StateResource = EngineResource;

/** What the engine keeps of a stack: what `pulumi stack export` prints. */
export interface StackState {
  readonly resources: readonly StateResource[];
  /** URNs of what a killed update had begun. */
  readonly pending: readonly string[];
}

/**
 * Reads what `pulumi stack export` prints, as the engine keeps it.
 * @throws {z.ZodError} when it is something else.
 */
export function readStackState(document: unknown): StackState {
  const { deployment } = EngineState.parse(document);
  return { resources: deployment.resources, pending: deployment.pending_operations.map(({ resource }) => resource.urn) };
}
