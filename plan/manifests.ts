import { stringify } from "yaml";
import { type Json, type PlannedResource, type Properties } from "./graph";

/** A Kubernetes object as `kubectl apply` takes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & Properties;
  readonly spec?: Json;
}

const TYPE = /^kubernetes:([^:]+):([A-Z][A-Za-z]*)$/;
/** Kinds of the provider that are no objects of a cluster. */
const NO_OBJECTS = ["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart"];
/** What other objects stand in or name, which so comes first. */
const FIRST = ["CustomResourceDefinition", "Namespace", "PriorityClass", "StorageClass", "NodePool", "ConfigMap", "ServiceAccount"];

function isProperties(value: Json | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function manifest({ type, inputs, outputs }: PlannedResource): Manifest | undefined {
  const match = TYPE.exec(type);
  if (!match || NO_OBJECTS.includes(type)) return undefined;
  const [, apiVersion = "", kind = ""] = match;
  const metadata = isProperties(inputs["metadata"]) ? inputs["metadata"] : {};
  const made = isProperties(outputs["metadata"]) ? outputs["metadata"] : {};
  const name = made["name"] ?? metadata["name"];
  if (typeof name !== "string") throw new Error(`${type}: the plan does not know the object's name`);
  // The type's group leaves out `core/`, which an object does not.
  return { ...inputs, apiVersion: apiVersion.replace(/^core\//, ""), kind, metadata: { ...metadata, name } };
}

function rank({ kind }: Manifest): number {
  const index = FIRST.indexOf(kind);
  return index < 0 ? FIRST.length : index;
}

/**
 * The Kubernetes objects of a plan, in an order in which they can be applied.
 * Values that are not known before `up` keep the plan's marker for them.
 * @param provider URN of a `kubernetes` provider, where a plan has several clusters. Default: all objects.
 */
export function manifests(resources: readonly PlannedResource[], provider?: string): Manifest[] {
  return resources
    .filter((resource) => provider === undefined || resource.provider?.startsWith(`${provider}::`))
    .flatMap((resource) => manifest(resource) ?? [])
    .map((object, index) => ({ object, index }))
    .sort((left, right) => rank(left.object) - rank(right.object) || left.index - right.index)
    .map(({ object }) => object);
}

/** Manifests as one YAML stream. */
export function manifestsYaml(objects: readonly Manifest[]): string {
  return objects.map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join("");
}
