import { z } from "zod";
import { parseBy, parseText, refused } from "./document";
import { EngineResource, isOwn, optional, realResource, type RealResource, type RealStack, whereOf } from "./resource";

const KIND = { what: "preview", command: "pulumi preview --json --show-sames" };

const Step = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: EngineResource.nullish(),
  newState: EngineResource.nullish(),
});

type Step = z.output<typeof Step>;

/** What `pulumi preview --json` prints. Source: `PreviewDigest` in pkg/display/json.go of pulumi 3.260 (2026-11-26). */
const EnginePreview = z.object({
  steps: optional(z.array(Step), []),
  changeSummary: optional(z.record(z.string(), z.number()), {}),
  diagnostics: optional(z.array(z.object({ message: z.string().default(""), severity: z.string().optional() })), []),
});

type EnginePreview = z.output<typeof EnginePreview>;

/**
 * Reads what `pulumi preview --json` prints: the resources as they will be.
 * A computed value is the engine's marker of an unknown text there, whatever its kind, and a secret the text `[secret]`: both are the plan's own words.
 * Source: `SerializePropertyValue` in pkg/resource/stack/deployment.go and `massagePropertyValue` in pkg/backend/display/json.go of pulumi 3.260, tried.
 * @param file how the file is named in faults.
 * @throws {ConfigError} when it is something else, a preview that failed, or one that leaves out what stays the same.
 */
export function readPreview(text: string, file: string): RealStack {
  const value = parseText(text, file, KIND);
  if ("deployment" in value) throw refused(file, "is the state of a stack", "give it with --state");
  if (!("steps" in value) && !("changeSummary" in value) && !("diagnostics" in value))
    throw refused(file, `is no ${KIND.what}`, `give what ${KIND.command} prints`);
  const preview = parseBy(EnginePreview, value, file, KIND);
  refuseFailed(preview, file);
  refusePartial(preview, file);
  const resources = resourcesOf(preview.steps);
  const [first] = resources;
  if (!first) throw refused(file, "is the preview of a stack that will have no resources", "judge one that has");
  return { ...whereOf(first.urn), resources, notes: [] };
}

/** Half of a stack would pass rules that the whole breaks. */
function refuseFailed({ diagnostics }: EnginePreview, file: string): void {
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error)
    throw refused(file, `is of a preview that failed: ${error.message.trim().split("\n")[0] ?? ""}`, "judge one that went through");
}

/** Without `--show-sames` the engine says only how many stay as they are, and rules about a whole stack can't do with the rest. */
function refusePartial({ steps, changeSummary }: EnginePreview, file: string): void {
  const same = changeSummary["same"] ?? 0;
  const missing = same - steps.filter(({ op }) => op === "same").length;
  if (missing > 0) throw refused(file, `leaves out ${missing} resources that stay the same`, `give what ${KIND.command} prints`);
}

/** A replacement has several steps, of which the last with a new state counts; a deletion has none. A refresh comes before the step that counts. */
function resourcesOf(steps: readonly Step[]): RealResource[] {
  const news = new Map<string, EngineResource>();
  for (const step of steps) {
    const resource = step.op === "refresh" ? undefined : afterwards(step);
    if (resource && isOwn(resource)) news.set(resource.urn, resource);
  }
  return [...news.values()].map(realResource);
}

/**
 * The new state of a step is that before the provider was asked: without id and outputs, also where nothing changes. Those of the old state stay,
 * but for outputs that repeat an input, unless the resource is replaced.
 */
function afterwards({ op, oldState, newState }: Step): EngineResource | undefined {
  if (!newState || !oldState || (op !== "same" && op !== "update")) return newState ?? undefined;
  const outputs = { ...oldState.outputs, ...newState.outputs };
  for (const [key, value] of Object.entries(newState.inputs)) if (op === "update" && key in outputs) outputs[key] = value;
  return { ...newState, id: newState.id ?? oldState.id, outputs };
}
