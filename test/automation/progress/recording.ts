import { type Expectation } from "../../../automation/progress/expectation";
import { type PlatformEvent, type UnnumberedEvent } from "../../../automation/events/events";
import { makeUrn, nameOf, typeOf } from "../../../plan/urn";

/** When every recording begins. */
export const BEGIN = Date.parse("2026-11-26T10:00:00Z");
const MINUTE = 60_000;

/** A moment of a recording, in milliseconds since 1970. */
export function minute(minutes: number): number {
  return BEGIN + minutes * MINUTE;
}

/** One resource of an expectation. */
export function expected(layer: string, type: string, name: string, minutes: number, after: readonly string[] = []): Expectation[number] {
  return { urn: urnOf(layer, type, name), layer, minutes: minutes === 0 ? [] : [minutes], after };
}

export function urnOf(layer: string, type: string, name: string): string {
  return makeUrn("prod", "strata", makeUrn("prod", "strata", undefined, `strata:${layer}:Part`, layer), type, name);
}

type ResourceEvent = Extract<UnnumberedEvent, { readonly kind: "resource" }>;

/** An event about a resource. */
export function resource(phase: ResourceEvent["phase"], urn: string, op = "create"): ResourceEvent {
  const step = { op, urn, type: typeOf(urn), name: nameOf(urn), custom: true, protect: false, retainOnDelete: false };
  return { kind: "resource", phase, ...step, replaceKeys: [], changedKeys: [], changes: [] };
}

/** Events with the minutes at which they happen, numbered and dated. */
export function events(timed: readonly (readonly [minutes: number, event: UnnumberedEvent])[]): PlatformEvent[] {
  const inOrder = [...timed].sort(([one], [other]) => one - other);
  return inOrder.map(([minutes, event], sequence) => ({ sequence, time: new Date(minute(minutes)).toISOString(), ...event }));
}

/** What can be different about a recording. */
export interface RecordingOptions {
  /** How much longer everything takes than usual. Default: 1. */
  readonly pace?: number;
  readonly op?: string;
}

/** The events of an operation that goes as expected: each resource starts when what it waits for is done. */
export function recordingOf(expectation: Expectation, { pace = 1, op = "create" }: RecordingOptions = {}): PlatformEvent[] {
  const ends = new Map<string, number>();
  const timed = expectation.flatMap(({ urn, minutes: [usual = 0.01], after }): [number, UnnumberedEvent][] => {
    const start = Math.max(0, ...after.map((one) => ends.get(one) ?? 0));
    ends.set(urn, start + usual * pace);
    return [
      [start, resource("started", urn, op)],
      [start + usual * pace, resource("done", urn, op)],
    ];
  });
  const last = Math.max(0, ...ends.values());
  return events([
    [0, { kind: "begun", operation: "up", environment: "prod" }],
    ...expectation.map(({ urn }): [number, UnnumberedEvent] => [0, resource("planned", urn, op)]),
    ...timed,
    [last, { kind: "ended", outcome: "succeeded" }],
  ]);
}

const VPC = expected("network", "aws:ec2/vpc:Vpc", "vpc", 0.1);
const KAFKA = expected("persistence", "aws:msk/cluster:Cluster", "kafka", 22, [VPC.urn]);
const DATABASE = expected("persistence", "aws:rds/cluster:Cluster", "orders", 8, [VPC.urn]);

/** A small platform: a VPC, Kafka and a database in it, and a service that waits for both. */
export const PLATFORM = {
  vpc: VPC,
  kafka: KAFKA,
  database: DATABASE,
  service: expected("service", "aws:ecs/service:Service", "billing", 3, [KAFKA.urn, DATABASE.urn]),
} as const;

export const EXPECTATION: Expectation = Object.values(PLATFORM);
