import { z } from "zod";
import { podMark } from "./pods";
import { read, type Reading, readPath, type Resource, type Tri } from "./resource";

/** The settings by which a rule with reasons is told what a reason is called. */
export const REASON_CONFIG = {
  reasonTag: z.string().min(1).default("strata:because").describe("The AWS tag that gives the reason for an exception."),
  reasonAnnotation: z
    .string()
    .min(1)
    .default("strata.dev/because")
    .describe("The Kubernetes annotation or label that gives the reason for an exception."),
} as const;

/** Those settings with their values; a rule that reads no Kubernetes objects has no annotation. */
export interface ReasonNames {
  readonly reasonTag: string;
  readonly reasonAnnotation?: string;
}

/** Whether a resource says why it does what a rule forbids; undefined when that is not known yet. An empty text is no reason. */
export function hasReason(resource: Resource, names: ReasonNames): Tri {
  const { reasonTag, reasonAnnotation } = names;
  const inKubernetes = reasonAnnotation !== undefined && resource.type.startsWith("kubernetes:");
  return isReason(inKubernetes ? podMark(resource, reasonAnnotation) : read(resource, `tags["${reasonTag}"]`));
}

/** Whether a service's declaration says why the advisor was overruled. */
export function isOverruled({ inputs }: Resource): Tri {
  return isReason(readPath(inputs, "overruled"));
}

function isReason(reading: Reading): Tri {
  if (reading.state === "unknown") return undefined;
  return reading.state === "known" && typeof reading.value === "string" && reading.value.trim() !== "";
}
