import { setTimeout as sleep } from "node:timers/promises";
import { type Behaviour } from "./behaviour";
import { JumpingClock } from "./jumping-clock";

/** Simulated time, in minutes since the rehearsal began. */
export interface Clock {
  now(): Promise<number>;
  /** Waits until a moment. */
  until(minute: number): Promise<void>;
}

/** Nothing takes time. */
const STANDING: Clock = { now: () => Promise.resolve(0), until: () => Promise.resolve() };

/** Passes as wall time does, but faster. */
class ScaledClock implements Clock {
  constructor(
    private readonly began: number,
    private readonly millisecondsPerMinute: number,
  ) {}

  now(): Promise<number> {
    return Promise.resolve((Date.now() - this.began) / this.millisecondsPerMinute);
  }

  async until(minute: number): Promise<void> {
    await sleep(Math.max(0, this.began + minute * this.millisecondsPerMinute - Date.now()));
  }
}

/** The clock that a behaviour asks for. */
export function clockOf({ clock }: Behaviour): Clock {
  if (clock.kind === "none") return STANDING;
  return clock.kind === "scaled" ? new ScaledClock(clock.began, clock.millisecondsPerMinute) : new JumpingClock(clock.socket);
}
