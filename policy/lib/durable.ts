import { z } from "zod";
import { type Excuse } from "./finding";
import type { StackGraph } from "./graph";
import { every, not, read, readFlag, some, type StackResource, type Tri } from "./resource";

/** The setting by which a rule about durable environments is told what to take a stack for that does not say it. */
export const DURABLE_CONFIG = {
  durable: z
    .boolean()
    .default(true)
    .describe("Whether a resource is durable that no enclosing component says it of, as in a stack of another project."),
} as const;

/** Whether what a resource holds must outlive accidents: what it and the components around it declare as `durable`, else the default. */
export function isDurable(resource: StackResource, graph: StackGraph, byDefault: boolean): Tri {
  const declaring = [resource, ...graph.ancestors(resource)].filter((component) => read(component, "durable").state !== "absent");
  return declaring.length === 0 ? byDefault : every(declaring.map((component) => readFlag(component, "durable", byDefault)));
}

/** Whether its deletion would be a mistake: it is durable, and neither it nor a component around it declares by `decommissioning` that it is taken down. */
function isToStay(resource: StackResource, graph: StackGraph, byDefault: boolean): Tri {
  const leaving = [resource, ...graph.ancestors(resource)].map((component) => readFlag(component, "decommissioning", false));
  return every([isDurable(resource, graph, byDefault), not(some(leaving))]);
}

/** What a rule asks of a resource before it has anything to say about it. */
export interface Question {
  readonly of: (resource: StackResource, graph: StackGraph, byDefault: boolean) => Tri;
  /** The question, as the subject of a sentence. */
  readonly what: string;
}

export const DURABLE: Question = { of: isDurable, what: "whether its environment is durable" };
export const TO_STAY: Question = { of: isToStay, what: "whether its environment is durable, and not taken down" };

/** Why nothing is decided while the answer is not known. */
export function excuseOf({ what }: Question, answer: Tri): Excuse {
  return { given: answer === undefined ? undefined : false, what, property: "durable" };
}
