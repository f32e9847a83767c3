import { type PlannedResource } from "../plan/graph";
import { readState } from "../plan/real/state";
import { type ScheduleDocument, scheduleOf } from "../plan/schedule/schedule";

/** What it takes to delete everything that a state has. */
export interface DestructionAhead {
  readonly resources: readonly PlannedResource[];
  readonly schedule: ScheduleDocument;
}

/**
 * Reads what destroying a stack will take off its state.
 * @param state what `pulumi stack export` prints.
 */
export function destructionAhead(state: unknown): DestructionAhead {
  // Deletions do not ask whose process made a component.
  const resources = readState(JSON.stringify(state), "the state").resources.map((resource) => ({ ...resource, remote: false }));
  return { resources, schedule: scheduleOf(resources, "destroy") };
}
