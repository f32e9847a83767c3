import { serviceOf } from "../../facts/aws-services";
import { API_RATES } from "../../facts/limits-api";
import { type ScheduleDocument } from "../../plan/schedule/schedule";
import { typeOf } from "../../plan/urn";

type Entry = ScheduleDocument["entries"][number];

/** How many of some operations that begin together their services take at once. */
function taken(beginning: readonly Entry[]): number {
  const counts = new Map<string, number>();
  for (const { urn } of beginning) {
    const service = serviceOf(typeOf(urn));
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts].reduce((sum, [service, count]) => sum + Math.min(count, API_RATES[service]?.burst ?? count), 0);
}

/**
 * How many operations the engine should have in flight at the most: as many as the schedule has at once, but of those that begin together only what
 * the APIs take. More workers would only be refused and ask again; fewer make an `up` longer. Processors have nothing to do with it.
 * @returns at least 1.
 */
export function widthOf({ entries }: Pick<ScheduleDocument, "entries">): number {
  const timed = entries.filter(({ minutes }) => minutes > 0);
  const starts = [...new Set(timed.map(({ start }) => start))];
  const useful = starts.map((moment) => {
    const running = timed.filter(({ start, minutes }) => start < moment && start + minutes > moment).length;
    return running + taken(timed.filter(({ start }) => start === moment));
  });
  return useful.reduce((most, count) => Math.max(most, count), 1);
}
