import { type EventOf, type PlatformEvent } from "../events/events";
import { type Progress } from "./progress";
import { about, count, duration, shortType, sinceAndUsual, summary } from "./words";

const MS = 1000;

/** What usually takes less is not worth two lines of a log. */
const LONG_SECONDS = 120;

/** A log says at least so often that it goes on. */
const HEARTBEAT_SECONDS = 60;

const MOST_IN_FLIGHT = 3;

/** Progress as lines of a log: the start and end of what takes long, and a heartbeat. It has no clock. */
export class PlainProgress {
  private saidAt = 0;

  constructor(private readonly progress: Progress) {}

  /**
   * Lines that an event gives, after the progress has taken it.
   * @param tookSeconds how long the operation was in flight; asked before.
   */
  lines(event: PlatformEvent, tookSeconds: number | undefined): string[] {
    const said = this.linesOf(event, tookSeconds);
    if (said.length > 0) this.saidAt = Date.parse(event.time);
    return said;
  }

  /** The heartbeat, when it is due. */
  tick(now: number): string[] {
    if ((now - this.saidAt) / MS < HEARTBEAT_SECONDS) return [];
    this.saidAt = now;
    const snapshot = this.progress.snapshot(now);
    const slow = snapshot.inFlight.slice(0, MOST_IN_FLIGHT).map((one) => `${one.name} ${sinceAndUsual(one)}`);
    const rest = snapshot.inFlight.length - slow.length;
    const inFlight = slow.length > 0 ? `; in flight: ${slow.join(", ")}${rest > 0 ? ` and ${count(rest)} more` : ""}` : "";
    return [`${summary(snapshot)}${inFlight}`];
  }

  private linesOf(event: PlatformEvent, tookSeconds: number | undefined): string[] {
    if (event.kind === "begun") return [`${event.operation} of ${event.environment}`];
    if (event.kind === "ended") return [`${event.outcome}: ${summary(this.progress.snapshot(Date.parse(event.time)))}`];
    return event.kind === "resource" && event.custom ? this.resourceLines(event, tookSeconds) : [];
  }

  private resourceLines(event: EventOf<"resource">, tookSeconds: number | undefined): string[] {
    const { phase, op, name, type } = event;
    const usual = this.progress.usual(event) ?? 0;
    const what = `${op} ${name} (${shortType(type)})`;
    if (phase === "started" && usual >= LONG_SECONDS) return [`${what} started, ${about(usual)}`];
    if (phase === "done" && tookSeconds !== undefined && Math.max(usual, tookSeconds) >= LONG_SECONDS)
      return [`${what} done after ${duration(tookSeconds)}`];
    return [];
  }
}
