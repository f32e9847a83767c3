import { type Descriptor } from "../../service/descriptor";
import { type Shape, type TriggerKind } from "./types";

const TRIGGERS: readonly TriggerKind[] = ["upload", "schedule", "topic", "queue"];
const NO_VOLUMES = 0;

/** The services that `name` is tied to by a rule of its own or of the other one. */
function tiedTo(descriptor: Descriptor, catalogue: readonly Descriptor[], tie: "together" | "apart"): string[] {
  const own = descriptor[tie] ?? [];
  const theirs = catalogue.filter((other) => other[tie]?.includes(descriptor.name)).map((other) => other.name);
  return [...new Set([...own, ...theirs])].filter((name) => name !== descriptor.name).sort();
}

function ports(run: Descriptor["run"]): Pick<Shape, "ports" | "rawPort"> {
  if (!("image" in run)) return { ports: 0, rawPort: false };
  const several = run.ports ?? [];
  return { ports: several.length + (run.port === undefined ? 0 : 1), rawPort: several.some(({ protocol }) => protocol === "tcp") };
}

/**
 * What placement must know of a service beside its demand.
 * @param catalogue every service: a rule of another service about hosts binds this one too.
 */
export function shapeOf(descriptor: Descriptor, catalogue: readonly Descriptor[] = []): Shape {
  const { run, reach, triggers = [], needs = [], legacy } = descriptor;
  return {
    handler: "handler" in run,
    image: "image" in run || "job" in run,
    job: "job" in run,
    interruptible: "job" in run && (run.interruptible ?? false),
    triggers: triggers.flatMap((trigger) => TRIGGERS.filter((kind) => kind in trigger)),
    http: reach?.http === undefined ? undefined : reach.from,
    tcp: reach?.tcp === undefined ? undefined : reach.from,
    ...ports(run),
    together: tiedTo(descriptor, catalogue, "together"),
    apart: tiedTo(descriptor, catalogue, "apart"),
    volumes: legacy?.volumes.reduce((sum, { size }) => sum + size, NO_VOLUMES) ?? NO_VOLUMES,
    thirdParty: needs.some((need) => "internet" in need),
    hybrid: false,
  };
}
