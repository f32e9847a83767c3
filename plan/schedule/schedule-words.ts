import { type ScheduleDocument } from "./schedule-schema";
import { nameOf, typeOf } from "../urn";

/** Shorter steps of the critical path are only counted. */
const LEAST_SHOWN = 0.1;

const SECONDS = 60;

const VERBS = { create: "create", update: "update", destroy: "destroy" } as const;

/** Minutes as people say them: `40 s`, `2.5 min`, `29 min`. */
export function minutesText(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * SECONDS)} s`;
  return `${minutes < 10 ? Number(minutes.toFixed(1)) : Math.round(minutes)} min`;
}

/** A type as AWS and Kubernetes say it: `msk.Cluster`, `Deployment`. */
export function typeText(type: string): string {
  const [source = "", module = "", name = ""] = type.split(":");
  return source === "aws" ? `${module.split("/")[0] ?? ""}.${name}` : name || type;
}

/** One step of the critical path. */
export interface Step {
  readonly at: number;
  readonly minutes: number;
  readonly name: string;
  readonly type: string;
}

/** The steps of the critical path that last, and how many do not. */
export function criticalSteps({ criticalPath, entries }: ScheduleDocument): { readonly steps: readonly Step[]; readonly short: number } {
  const byUrn = new Map(entries.map((entry) => [entry.urn, entry]));
  const all = criticalPath.flatMap((urn) => {
    const entry = byUrn.get(urn);
    return entry ? [{ at: entry.start, minutes: entry.minutes, name: nameOf(urn), type: typeText(typeOf(urn)) }] : [];
  });
  const steps = all.filter(({ minutes }) => minutes >= LEAST_SHOWN);
  return { steps, short: all.length - steps.length };
}

/** How long it takes, against what AWS forces: `Takes 29 min to create, as long as AWS forces; 227 operations at once`. */
export function scheduleTitle({ action, minutes, lowerBoundMinutes, width }: ScheduleDocument): string {
  const over = minutes - lowerBoundMinutes;
  const against = over < LEAST_SHOWN / 2 ? "no longer than AWS forces" : `${minutesText(over)} longer than AWS forces`;
  return `Takes about ${minutesText(minutes)} to ${VERBS[action]}, ${against}; ${width > 1 ? `at most ${width} operations at once` : "one operation at a time"}`;
}

/** An order that need not be: who need not wait for whom. */
export function avoidableText({ from, to, addsMinutes }: ScheduleDocument["avoidable"][number]): string {
  return `${nameOf(to)} (${typeText(typeOf(to))}) need not wait for ${nameOf(from)} (${typeText(typeOf(from))}): ${minutesText(addsMinutes)}`;
}
