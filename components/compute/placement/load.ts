import { HOURS_PER_MONTH } from "../../../facts/prices/month";
import { type Demand } from "../../service/descriptor";
import { type PlacementEnvironment } from "./types";

export { HOURS_PER_MONTH };
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3_600;
export const MIB_PER_GIB = 1_024;
const MS_PER_SECOND = 1_000;

/** Share of its capacity that a copy is filled to; the rest is headroom. */
export const UTILISATION = 0.6;
/** vCPU that a request keeps busy when the descriptor doesn't say. */
export const DEFAULT_REQUEST_CPU = 0.1;
/** Requests that a container serves at a time when the descriptor doesn't say. */
export const DEFAULT_CONCURRENCY = 20;
/** vCPU that a copy on an instance can be given. */
export const COPY_CPUS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

/** What capacity has to be there for, by shape of demand. */
type Basis = "average" | "peak";

/**
 * Copies can be added within minutes, so tasks follow all demand but unannounced spikes. A cluster of instances is slower:
 * it is sized for the peak unless demand is always there.
 */
const BASIS: Readonly<Record<Demand["shape"], { readonly tasks: Basis; readonly instances: Basis }>> = {
  steady: { tasks: "average", instances: "average" },
  rare: { tasks: "average", instances: "average" },
  periodic: { tasks: "average", instances: "peak" },
  bursty: { tasks: "average", instances: "peak" },
  spiky: { tasks: "peak", instances: "peak" },
};

/** Requests a month. */
export function requestsPerMonth(demand: Demand): number {
  return demand.average * SECONDS_PER_MONTH;
}

/** Little's law: requests in service at the same time are their rate times the time each takes. */
export function inService(demand: Demand, basis: Basis): number {
  const rate = basis === "average" ? demand.average : Math.max(demand.peak, demand.average);
  return (rate * demand.duration) / MS_PER_SECOND;
}

/** What the capacity of a kind of place must carry. */
export function basisOf(demand: Demand, place: "tasks" | "instances"): Basis {
  return BASIS[demand.shape][place];
}

export function requestCpu(demand: Demand): number {
  return demand.cpu ?? DEFAULT_REQUEST_CPU;
}

/** Requests that a copy of `cpu` vCPU serves at a time with its headroom kept: as many as its code takes and its CPU carries. */
export function copyCapacity(demand: Demand, cpu: number): number {
  return Math.min(demand.concurrency ?? DEFAULT_CONCURRENCY, cpu / requestCpu(demand)) * UTILISATION;
}

/** Fewest copies of a service that serves all the time. */
export function minimumCopies(environment: Pick<PlacementEnvironment, "durable">): number {
  return environment.durable ? 2 : 1;
}

/** Copies a service is paid for, and the most it grows to. */
export function copies(demand: Demand, cpu: number, place: "tasks" | "instances", minimum: number): { average: number; maximum: number } {
  const capacity = copyCapacity(demand, cpu);
  return {
    average: Math.max(minimum, inService(demand, basisOf(demand, place)) / capacity),
    maximum: Math.max(minimum, Math.ceil(inService(demand, "peak") / capacity)),
  };
}

/** A number of copies in words, such as `2 to 14 tasks`. */
export function countText({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }, copy: string): string {
  return `${minimum === maximum ? minimum : `${minimum} to ${maximum}`} ${copy}${maximum > 1 ? "s" : ""}`;
}

/** What a copy's size was computed with, in words. */
export function loadAssumptions(demand: Demand, place: "tasks" | "instances"): string[] {
  const basis = basisOf(demand, place);
  return [
    `a copy serves ${demand.concurrency ?? DEFAULT_CONCURRENCY} requests at a time, each keeping ${requestCpu(demand)} vCPU busy, and is filled to ${UTILISATION * 100} %`,
    basis === "average"
      ? `copies follow ${demand.shape} demand, so that a month is paid for by its average`
      : `${demand.shape} demand leaves no time to add copies, so that the peak is paid for all month`,
  ];
}
