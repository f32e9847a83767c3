import { LAMBDA_LIMITS } from "../../facts/limits-lambda";
import { type Descriptor } from "../service/descriptor";

const MS_PER_SECOND = 1_000;
/** Calls that take this much longer than they should are cut off; what waits for a third party is slow now and then. */
const HEADROOM = 6;
const LEAST_SECONDS = 10;

/**
 * Seconds after which a call of a service's function is cut off: six times what its descriptor says a call takes, and the start of an
 * environment. Behind the API no longer than the API waits.
 */
export function functionTimeout({ demand, reach }: Pick<Descriptor, "demand" | "reach">): number {
  const wanted = Math.max(LEAST_SECONDS, Math.ceil((HEADROOM * demand.duration + demand.start) / MS_PER_SECOND));
  const most = (reach?.http === undefined ? LAMBDA_LIMITS.timeout : LAMBDA_LIMITS.apiTimeout).value / MS_PER_SECOND;
  return Math.min(wanted, most);
}

/**
 * Messages a call may be given, so that it has done them all in half its timeout even when it does one after the other.
 * @param most what the source allows.
 */
export function batchSize(descriptor: Pick<Descriptor, "demand" | "reach">, most: number): number {
  const fitting = Math.floor((functionTimeout(descriptor) * MS_PER_SECOND) / 2 / descriptor.demand.duration);
  return Math.min(most, Math.max(1, fitting));
}
