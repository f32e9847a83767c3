import { type PlannedResource } from "../../plan/graph";
import { layerOf } from "../../plan/layers";

/** As much of a schedule as progress is held against; a `ScheduleDocument` is one. */
export interface ExpectedTimes {
  readonly entries: readonly { readonly urn: string; readonly minutes: number }[];
}

/** A resource that something will happen to, and what is known of that beforehand. */
export interface Expected {
  readonly urn: string;
  readonly layer: string;
  /** Usual minutes of each operation on it, in their order: one, or two for a replacement. */
  readonly minutes: readonly number[];
  /** URNs whose operations come before this one's. */
  readonly after: readonly string[];
}

/** What an operation is expected to do; a resource stands after those it waits for. */
export type Expectation = readonly Expected[];

/**
 * What is expected of an operation.
 * @param resources of the plan, a resource after what it depends on.
 * @param schedule of the same operation; without it every resource takes a moment, and no time left can be told.
 * @param destroy true when what depends on a resource goes before it.
 */
export function expectationOf(resources: readonly PlannedResource[], schedule: ExpectedTimes | undefined, destroy = false): Expectation {
  const minutes = new Map<string, number[]>();
  for (const entry of schedule?.entries ?? []) minutes.set(entry.urn, [...(minutes.get(entry.urn) ?? []), entry.minutes]);
  const managed = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const dependents = destroy ? dependentsOf(managed) : undefined;
  const expected = managed.map((resource) => ({
    urn: resource.urn,
    layer: layerOf(resource),
    minutes: minutes.get(resource.urn) ?? [],
    after: dependents ? (dependents.get(resource.urn) ?? []) : resource.dependencies,
  }));
  return destroy ? expected.reverse() : expected;
}

function dependentsOf(resources: readonly PlannedResource[]): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const { urn, dependencies } of resources) for (const on of dependencies) dependents.set(on, [...(dependents.get(on) ?? []), urn]);
  return dependents;
}
