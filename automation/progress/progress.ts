import { PLATFORM } from "../../plan/layers";
import { nameOf } from "../../plan/urn";
import { type EventOf, type PlatformEvent } from "../events/events";
import { paceOf, secondsLeft, type Unit } from "./estimate";
import { type Expectation } from "./expectation";

const MS = 1000;
const SECONDS_A_MINUTE = 60;

/** What a unit weighs besides its time, in seconds: so that what takes a moment moves a bar too. */
const LEAST_WEIGHT = 3;

/** Most that an operation in flight counts for, however long it has been: only its end is an end. */
const ALMOST = 0.95;

/** How far one layer is. */
export interface LayerProgress {
  readonly layer: string;
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  /** From 0 to 1, weighed by usual time. */
  readonly fraction: number;
}

/** An operation in flight. */
export interface InFlight {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly op: string;
  readonly elapsedSeconds: number;
  /** What it usually takes; absent where nobody knows. */
  readonly usualSeconds?: number;
}

/** What is to be seen of an operation at one moment. */
export interface Snapshot {
  readonly operation: string;
  readonly environment: string;
  /** True as long as the engine only looks what there is to do. */
  readonly previewing: boolean;
  readonly layers: readonly LayerProgress[];
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  readonly fraction: number;
  readonly elapsedSeconds: number;
  /** Absent where no schedule tells, or while it is previewed. */
  readonly leftSeconds?: number;
  /** The longest first. */
  readonly inFlight: readonly InFlight[];
}

type ResourceEvent = EventOf<"resource">;

/** A unit of which nothing has been seen. */
const WAITING = { seconds: [], after: [], state: "waits" } as const;

interface Flight {
  readonly event: ResourceEvent;
  readonly startedAt: number;
}

/** Steps that say something of a replacement and take no time of their own, or change nothing. */
const SILENT = ["replace", "same", "read", "read-replacement", "discard", "discard-replaced"];

/** The old one of a replacement: its going is in flight like any operation, but what is waited for is the new one. */
const OLD_ONE = "delete-replaced";

/**
 * How far an operation is, by its events. It has no clock: a moment is given to it.
 * @param expectation what the operation will do; empty when nobody knows.
 */
export class Progress {
  private operation = "";
  private environment = "";
  private begunAt = 0;
  private acted = false;
  private readonly planned = new Set<string>();
  /** URNs of which more is done than to delete the old one. */
  private readonly withNewOne = new Set<string>();
  private readonly units = new Map<string, Unit>();
  private readonly flights = new Map<string, Flight>();

  private hasTimes = false;

  constructor(expectation: Expectation) {
    this.expect(expectation);
  }

  /** Learns what the operation will do, where that is only found out while it runs. */
  expect(expectation: Expectation): void {
    const known = new Map(this.units);
    // Units stand in the order of the expectation: the estimate looks at what others wait for first.
    this.units.clear();
    for (const { urn, layer, minutes, after } of expectation)
      this.units.set(urn, { ...WAITING, ...known.get(urn), urn, layer, seconds: minutes.map((each) => each * SECONDS_A_MINUTE), after });
    for (const [urn, unit] of known) if (!this.units.has(urn)) this.units.set(urn, unit);
    this.hasTimes ||= expectation.some(({ minutes }) => minutes.length > 0);
  }

  /** Takes the next event. */
  take(event: PlatformEvent): void {
    const at = Date.parse(event.time);
    if (event.kind === "begun") {
      this.operation = event.operation;
      this.environment = event.environment;
      this.begunAt = at;
    }
    if (event.kind === "resource" && event.custom && !event.type.startsWith("pulumi:")) this.takeResource(event, at);
  }

  /** @param now in milliseconds since 1970, as `Date.now()` has it. */
  snapshot(now: number): Snapshot {
    const units = this.expected();
    const weighed = units.map((unit) => ({ unit, weight: weightOf(unit), share: this.shareOf(unit, now) }));
    const layers = [...new Set(units.map(({ layer }) => layer))].map((layer) => {
      const within = weighed.filter(({ unit }) => unit.layer === layer);
      return { layer, ...counted(within.map(({ unit }) => unit)), fraction: fractionOf(within) };
    });
    const left = this.acted ? this.left(units, now) : undefined;
    return {
      operation: this.operation,
      environment: this.environment,
      previewing: !this.acted,
      layers,
      ...counted(units),
      fraction: fractionOf(weighed),
      elapsedSeconds: Math.max(0, now - this.begunAt) / MS,
      ...(left !== undefined && { leftSeconds: left }),
      inFlight: [...this.flights.values()]
        .map((flight) => this.inFlight(flight, now))
        .sort((one, other) => other.elapsedSeconds - one.elapsedSeconds),
    };
  }

  /** Seconds an operation usually takes; undefined where nobody knows. */
  usual({ urn, op }: Pick<ResourceEvent, "urn" | "op">): number | undefined {
    const seconds = this.units.get(urn)?.seconds ?? [];
    return op === OLD_ONE ? seconds.at(-1) : seconds[0];
  }

  /** Seconds since an operation in flight began. */
  since({ urn, op }: Pick<ResourceEvent, "urn" | "op">, now: number): number | undefined {
    const flight = this.flights.get(`${op} ${urn}`);
    return flight && Math.max(0, now - flight.startedAt) / MS;
  }

  private takeResource(event: ResourceEvent, at: number): void {
    const { phase, op, urn } = event;
    if (SILENT.includes(op)) return;
    const unit = this.units.get(urn) ?? { urn, layer: layerOfUrn(urn), ...WAITING };
    this.units.set(urn, unit);
    if (op !== OLD_ONE) this.withNewOne.add(urn);
    if (phase === "planned") {
      this.planned.add(urn);
      return;
    }
    this.acted = true;
    const key = `${op} ${urn}`;
    const counts = op !== OLD_ONE || !this.withNewOne.has(urn);
    if (phase === "started") {
      this.flights.set(key, { event, startedAt: at });
      if (counts) this.units.set(urn, { ...unit, state: "runs", startedAt: at });
      return;
    }
    const startedAt = this.flights.get(key)?.startedAt;
    this.flights.delete(key);
    if (phase === "failed") this.units.set(urn, { ...unit, state: "failed" });
    else if (counts) this.units.set(urn, { ...unit, state: "done", ...(startedAt !== undefined && { actual: (at - startedAt) / MS }) });
  }

  /** What a preview found, else what was expected; and whatever happens besides. */
  private expected(): Unit[] {
    const all = [...this.units.values()];
    return this.planned.size === 0 ? all : all.filter(({ urn, state }) => this.planned.has(urn) || state !== "waits");
  }

  private shareOf({ state, startedAt, seconds }: Unit, now: number): number {
    if (state === "done" || state === "failed") return 1;
    const usual = seconds[0] ?? 0;
    if (state !== "runs" || startedAt === undefined || usual === 0) return 0;
    return Math.min(ALMOST, (now - startedAt) / MS / usual);
  }

  private left(units: readonly Unit[], now: number): number | undefined {
    if (!this.hasTimes) return undefined;
    const old = [...this.flights.values()].filter(({ event }) => event.op === OLD_ONE).map((flight) => this.oldOne(flight));
    return secondsLeft([...units, ...old], paceOf(units, now), now);
  }

  private oldOne({ event, startedAt }: Flight): Unit {
    return { urn: `${event.urn}#old`, layer: "", seconds: [this.usual(event) ?? 0], after: [], state: "runs", startedAt };
  }

  private inFlight({ event, startedAt }: Flight, now: number): InFlight {
    const { urn, type, op } = event;
    const usual = this.usual(event);
    return {
      urn,
      name: nameOf(urn),
      type,
      op,
      elapsedSeconds: Math.max(0, now - startedAt) / MS,
      ...(usual !== undefined && { usualSeconds: usual }),
    };
  }
}

const COMPONENT = /strata:([a-z]+):/g;

/** Layer of a resource of which no plan tells, such as one that is deleted: that of the nearest component in its URN. */
function layerOfUrn(urn: string): string {
  const nearest = [...(urn.split("::")[2] ?? "").matchAll(COMPONENT)].at(-1)?.[1];
  return nearest === undefined || nearest === "stacks" ? PLATFORM : nearest;
}

function weightOf({ seconds }: Unit): number {
  return (seconds[0] ?? 0) + LEAST_WEIGHT;
}

function fractionOf(weighed: readonly { readonly weight: number; readonly share: number }[]): number {
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return whole === 0 ? 0 : weighed.reduce((sum, { weight, share }) => sum + weight * share, 0) / whole;
}

function counted(units: readonly Unit[]): Pick<LayerProgress, "done" | "failed" | "total"> {
  const count = (state: Unit["state"]): number => units.filter((unit) => unit.state === state).length;
  return { done: count("done"), failed: count("failed"), total: units.length };
}
