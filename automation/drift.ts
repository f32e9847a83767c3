import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type Json } from "../plan/graph";
import { redact } from "../plan/redact";
import { nameOf } from "../plan/urn";
import { type EngineEvent } from "./engine/translate";

/** How one property of a resource differs. A secret reads `[secret]`, also where both sides are one. */
export interface DriftedProperty {
  readonly property: string;
  /** What the state has; absent when nothing. */
  readonly state?: Json;
  /** What the cloud has; absent when nothing. */
  readonly cloud?: Json;
}

/** A resource that is not as its state says. */
export interface Drift {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  /** `gone`: the cloud has it no more. */
  readonly what: "changed" | "gone";
  /** Those at the top level that differ. */
  readonly properties: readonly DriftedProperty[];
}

const Bag = z.record(z.string(), z.custom<Json>()).nullish();
const Side = z.object({ id: z.string().optional(), inputs: Bag, outputs: Bag }).nullish();
const Sides = z.object({ old: Side, new: Side });

type Bag = Record<string, Json>;

function differing(state: Bag, cloud: Bag): DriftedProperty[] {
  const keys = [...new Set([...Object.keys(state), ...Object.keys(cloud)])].sort();
  return keys.flatMap((property) => {
    const [before, now] = [state[property], cloud[property]];
    if (isDeepStrictEqual(before, now)) return [];
    return { property, ...(before !== undefined && { state: redact(before) }), ...(now !== undefined && { cloud: redact(now) }) };
  });
}

/** What a previewed refresh found, read off the engine's own events: a resource that is as it was says nothing. */
export function driftOf(events: readonly EngineEvent[]): readonly Drift[] {
  return events.flatMap(({ resOutputsEvent: event }): Drift[] => {
    if (!event) return [];
    const { urn, type, op } = event.metadata;
    const sides = Sides.parse(event.metadata);
    const id = sides.old?.id;
    const about = { urn, type, name: nameOf(urn), ...(id && { id }) };
    if (op === "delete" || !sides.new) return [{ ...about, what: "gone", properties: [] }];
    const properties = differing(sides.old?.outputs ?? {}, sides.new.outputs ?? {});
    return properties.length > 0 ? [{ ...about, what: "changed", properties }] : [];
  });
}
