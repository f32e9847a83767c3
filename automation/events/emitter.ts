import { type EventListener, type UnnumberedEvent } from "./events";

/** Numbers the events of one operation and hands each to everybody who listens. */
export class Emitter {
  private sequence = 0;

  constructor(
    private readonly listeners: readonly EventListener[],
    private readonly now: () => Date = () => new Date(),
  ) {}

  readonly emit = (event: UnnumberedEvent): void => {
    const numbered = { sequence: this.sequence++, time: this.now().toISOString(), ...event };
    for (const listener of this.listeners) listener(numbered);
  };
}
