const MS = 1000;

/** One resource of an operation, and how far it is. */
export interface Unit {
  readonly urn: string;
  readonly layer: string;
  /** Usual seconds of each operation on it. */
  readonly seconds: readonly number[];
  /** URNs whose operations come before this one's. */
  readonly after: readonly string[];
  readonly state: "waits" | "runs" | "done" | "failed";
  /** When it started, in milliseconds since 1970. */
  readonly startedAt?: number;
  /** Seconds it took. */
  readonly actual?: number;
}

/** What takes less says nothing about the pace: there the way to AWS and back counts most. */
const TELLING_SECONDS = 20;

/** As if so many seconds had gone as usual: one slow resource at the beginning is no slow day. */
const USUAL_SECONDS = 120;

/** An operation that is late takes at least so much more of the time it had. */
const OVERDUE = 0.1;

/** How much longer everything takes than usual, by what has been seen of it: 1 as usual, 2 twice as long. */
export function paceOf(units: readonly Unit[], now: number): number {
  let [actual, usual] = [USUAL_SECONDS, USUAL_SECONDS];
  for (const unit of units) {
    const expected = unit.seconds[0] ?? 0;
    const taken = unit.state === "runs" ? elapsed(unit, now) : (unit.actual ?? 0);
    const tells = unit.state === "done" ? unit.actual !== undefined : unit.state === "runs" && taken > expected;
    if (expected < TELLING_SECONDS || !tells) continue;
    actual += taken;
    usual += expected;
  }
  return actual / usual;
}

/**
 * Seconds until the last unit is done: the longest path over what is left. After a failure the engine starts nothing more.
 * @param units a unit after those it waits for.
 */
export function secondsLeft(units: readonly Unit[], pace: number, now: number): number {
  const failed = units.some(({ state }) => state === "failed");
  const ends = new Map<string, number>();
  let last = 0;
  for (const unit of units) {
    const before = unit.after.reduce((latest, urn) => Math.max(latest, ends.get(urn) ?? 0), 0);
    const end = unit.state === "waits" && failed ? 0 : (unit.state === "waits" ? before : 0) + ownLeft(unit, pace, now);
    ends.set(unit.urn, end);
    last = Math.max(last, end);
  }
  return last;
}

function ownLeft(unit: Unit, pace: number, now: number): number {
  const usual = (unit.seconds[0] ?? 0) * pace;
  if (unit.state === "waits") return usual;
  if (unit.state !== "runs") return 0;
  const taken = elapsed(unit, now);
  return Math.max(usual - taken, usual > 0 ? taken * OVERDUE : 0);
}

function elapsed({ startedAt }: Unit, now: number): number {
  return startedAt === undefined ? 0 : Math.max(0, now - startedAt) / MS;
}
