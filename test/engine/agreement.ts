import { isDeepStrictEqual } from "node:util";
import { withoutDefaults } from "../../automation/rehearse/naming";
import { type StateResource } from "../../automation/rehearse/stack-state";
import { type Json, type PlannedResource, SECRET, UNKNOWN } from "../../plan/graph";
import { redact } from "../../plan/redact";

/** Provider resources of component packages are the engine's own doing: the program asks for none. */
const DEFAULT_PROVIDER = /^pulumi:providers:[^$]+::default(_|$)/;

/** What the engine adds to the inputs of a provider resource. */
const ADDED_TO_PROVIDERS = ["version", "__internal"];

function isProvider({ type }: { readonly type: string }): boolean {
  return type.startsWith("pulumi:providers:");
}

/** A provider's values that are not text reach the engine as JSON. */
function decoded(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value; // A plain text.
  }
}

/** Paths at which a planned value differs from the real one. What the plan does not know can't differ. */
function differingPaths(planned: Json | undefined, real: Json | undefined, path: string): string[] {
  if (planned === UNKNOWN) return [];
  // To the engine a list is secret as a whole when something in it is. Source: `annotateSecrets`, sdk/go/common/resource/plugin of pulumi 3.248.
  if (Array.isArray(planned) && real === SECRET && holdsSecret(planned)) return [];
  const bothLists = Array.isArray(planned) && Array.isArray(real);
  const bothObjects = isObject(planned) && isObject(real);
  if (bothLists || bothObjects) {
    const [left, right] = [Object.entries(planned), Object.entries(real)].map((entries) => new Map<string, Json>(entries));
    return [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])].flatMap((key) =>
      differingPaths(left?.get(key), right?.get(key), `${path}.${key}`),
    );
  }
  return isDeepStrictEqual(planned, real) ? [] : [`${path}: the plan has ${JSON.stringify(planned)}, the engine ${JSON.stringify(real)}`];
}

function holdsSecret(value: Json): boolean {
  return value === SECRET || (typeof value === "object" && value !== null && Object.values(value).some(holdsSecret));
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inputsOf(resource: { readonly type: string; readonly inputs: Readonly<Record<string, Json>> }): Record<string, Json> {
  // The physical name that a provider makes up is no doing of the program.
  if (!isProvider(resource)) return withoutDefaults(resource.inputs);
  return Object.fromEntries(
    Object.entries(resource.inputs)
      .filter(([key]) => !ADDED_TO_PROVIDERS.includes(key))
      .map(([key, value]) => [key, decoded(value) ?? null]),
  );
}

/** The provider's URN: its id is random in the engine. */
function providerUrn(reference: string | undefined): string {
  return reference?.slice(0, reference.lastIndexOf("::")) ?? "";
}

function propertyDependencies(resource: { readonly propertyDependencies: Readonly<Record<string, readonly string[] | null>> }): Json {
  return Object.fromEntries(
    Object.entries(resource.propertyDependencies).flatMap(([key, urns]) => (urns && urns.length > 0 ? [[key, [...urns].sort()]] : [])),
  );
}

/** Everything a plan and the engine's state must have in common, for one resource. */
function facets(resource: PlannedResource | StateResource): Record<string, Json> {
  return {
    parent: resource.parent ?? "",
    custom: resource.custom,
    protect: resource.protect,
    retainOnDelete: resource.retainOnDelete ?? false,
    provider: providerUrn(resource.provider),
    dependencies: [...new Set(resource.dependencies)].sort(),
    propertyDependencies: propertyDependencies(resource),
    // The plan keeps no secrets and no files; what it keeps in their place is made of the engine's too.
    inputs: redact(inputsOf(resource)),
  };
}

/** Says, one line a difference, in what a plan and the state that the engine made of the same program differ. */
export function disagreements(plan: readonly PlannedResource[], state: readonly StateResource[]): string[] {
  const planned = new Map(plan.map((resource) => [resource.urn, resource]));
  const real = new Map(
    state.filter(({ urn }) => !DEFAULT_PROVIDER.test(urn.split("::").slice(2).join("::"))).map((resource) => [resource.urn, resource]),
  );
  return [
    ...[...planned.keys()].filter((urn) => !real.has(urn)).map((urn) => `${urn}: only in the plan`),
    ...[...real.keys()].filter((urn) => !planned.has(urn)).map((urn) => `${urn}: only in the engine`),
    ...[...planned].flatMap(([urn, resource]) => {
      const made = real.get(urn);
      if (!made) return [];
      // What the state has of a component's arguments is up to the component's process: awsx keeps none, eks fills in defaults.
      const theirs = facets(resource.remote ? { ...made, inputs: resource.inputs } : made);
      return differingPaths(facets(resource), theirs, "").map((difference) => `${urn}: ${difference.slice(1)}`);
    }),
  ];
}
