import { z } from "zod";
import { type StackResource } from "../../policy/lib/resource";
import { urnParts } from "../../policy/lib/urn";
import { type Json, type Properties } from "../graph";
import { redact } from "../redact";

/** A property bag as a JSON document holds it; whatever was read from one is JSON, so nothing of it is checked again. */
const Bag = optional(z.record(z.string(), z.custom<Json>()), {});

/** Go leaves an empty list or map out, or writes it as null. */
export function optional<T extends z.ZodType>(schema: T, otherwise: z.output<T>): z.ZodType<z.output<T>> {
  return schema.nullish().transform((value) => value ?? otherwise);
}

/**
 * A resource as the engine writes it, into a state as into a preview.
 * Source: `apitype.ResourceV3` in sdk/go/common/apitype/core.go of pulumi 3.260 (2026-11-26).
 */
export const EngineResource = z.object({
  urn: z.string().startsWith("urn:pulumi:"),
  type: z.string(),
  custom: z.boolean().default(false),
  /** It is replaced already, and still to be deleted. */
  delete: z.boolean().default(false),
  /** It was read, not made: another stack, or a person, manages it. */
  external: z.boolean().default(false),
  /** It is deleted, and its replacement not made yet. */
  pendingReplacement: z.boolean().default(false),
  id: z.string().optional(),
  parent: z.string().optional(),
  /** The provider resource that manages it, as `urn::id`. */
  provider: z.string().optional(),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  dependencies: optional(z.array(z.string()), []),
  propertyDependencies: optional(z.record(z.string(), z.array(z.string()).nullable()), {}),
  inputs: Bag,
  outputs: Bag,
  sourcePosition: z.string().optional(),
  stackTrace: optional(z.array(z.object({ sourcePosition: z.string().optional() })), []),
});

export type EngineResource = z.output<typeof EngineResource>;

/** Where in a project's program a resource is asked for. */
export interface SourcePosition {
  /** Path of the file from the folder of the project, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A resource of a real stack, with all that rules and the plan's functions ask of one. */
export interface RealResource extends StackResource {
  /** True when a provider manages it; false for a component. */
  readonly custom: boolean;
  readonly protect: boolean;
  readonly retainOnDelete?: true;
  readonly deleteBeforeReplace?: true;
  readonly outputs: Properties;
  /** The line of the program, where the engine noted one inside of the project. */
  readonly source?: SourcePosition;
}

/** A real stack, as a file tells of it. */
export interface RealStack {
  readonly project: string;
  readonly stack: string;
  /** Those that there are, or will be; without those that wait to be deleted and those that others manage. */
  readonly resources: readonly RealResource[];
  /** What a reader should know of the file, such as that an update was killed. */
  readonly notes: readonly string[];
}

/** True for a resource that is there and managed by this stack. */
export function isOwn({ delete: waits, external, pendingReplacement }: EngineResource): boolean {
  return !waits && !external && !pendingReplacement;
}

/** What rules see of a resource: secrets and the texts of files are dropped. */
export function realResource(resource: EngineResource): RealResource {
  const { urn, type, custom, id, parent, provider, protect, retainOnDelete, inputs, outputs } = resource;
  const source = sourceOf(resource);
  return {
    urn,
    type,
    name: urnParts(urn).name,
    custom,
    protect,
    ...(parent !== undefined && { parent }),
    ...(provider !== undefined && { provider }),
    ...(retainOnDelete && { retainOnDelete }),
    ...(source && { source }),
    dependencies: [...new Set(resource.dependencies)].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).flatMap(([key, urns]) => (urns && urns.length > 0 ? [[key, urns]] : [])),
    ),
    inputs: redact(inputs) as Properties,
    outputs: redact({ ...(id && { id }), ...outputs }) as Properties,
  };
}

/** As the engine notes it, with line and column. A path that leaves the project is another's: that of the SDK or of a component's own process. */
const POSITION = /^project:\/\/\/(.+)#(\d+)(?:,\d+)?$/;

function sourceOf({ sourcePosition, stackTrace }: EngineResource): SourcePosition | undefined {
  for (const position of [sourcePosition, ...stackTrace.map((frame) => frame.sourcePosition)]) {
    const [, file, line] = POSITION.exec(position ?? "") ?? [];
    const parts = file?.split("/") ?? [];
    if (file !== undefined && !parts.includes("..") && !parts.includes("node_modules")) return { file, line: Number(line) };
  }
  return undefined;
}

/** Project and stack of a resource, from its URN. */
export function whereOf(urn: string): Pick<RealStack, "project" | "stack"> {
  return { stack: urnParts(urn).stack, project: urn.split("::")[1] ?? "" };
}
