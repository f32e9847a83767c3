import { REPLACEMENTS } from "../../facts/replacements";
import { replacing } from "../../facts/replacements/conditions";
import { type Json, type PlannedResource, UNKNOWN } from "../../plan/graph";
import { makeUrn, nameOf } from "../../plan/urn";
import { recorded, type RecordedResource } from "./recorded-state";

/** What today's program would do to something that keeps data, of an environment that an older release made. */
export interface UpgradeFinding {
  /** URN in the old state. */
  readonly urn: string;
  readonly does: "deletes" | "replaces";
  /** Properties that replace it; empty where it is deleted. */
  readonly properties: readonly string[];
  readonly message: string;
}

/** The URNs a resource may have in an old state: its own, those of its aliases, and those that follow from its parents'. */
function formerUrns(resource: PlannedResource, all: ReadonlyMap<string, PlannedResource>): string[] {
  const { urn, type, name, parent, aliases = [] } = resource;
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  const above = parent === undefined ? undefined : all.get(parent);
  const inherited = (above ? formerUrns(above, all) : []).flatMap((former) => {
    if (former === parent) return [];
    // As the engine does: a child named after its parent was named after the parent's old name.
    const own = above && name.startsWith(above.name) ? `${nameOf(former)}${name.slice(above.name.length)}` : name;
    return [...new Set([own, name])].map((known) => makeUrn(stack, project, former, type, known));
  });
  return [urn, ...aliases, ...inherited];
}

function withFormerNames(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => withFormerNames(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFormerNames(inner, names)]));
}

function isKnown(value: unknown): boolean {
  if (value === UNKNOWN) return false;
  return typeof value !== "object" || value === null || Object.values(value).every(isKnown);
}

/**
 * What an upgrade does to what keeps data. It compares what the old release asked for with what today's program asks for, by the facts about
 * replacements; a resource with another name is the same one only where an alias says so.
 * @param before resources of the recorded state.
 * @param after resources of today's plan of the same stack file and catalogue.
 */
export function upgradeFindings(before: readonly RecordedResource[], after: readonly PlannedResource[]): UpgradeFinding[] {
  const all = new Map(after.map((resource) => [resource.urn, resource]));
  const olds = new Map(before.map((resource) => [resource.urn, resource]));
  const successors = new Map<string, PlannedResource>();
  const names = new Map<string, string>();
  for (const resource of after) {
    const former = formerUrns(resource, all).find((urn) => olds.has(urn));
    const old = former === undefined ? undefined : olds.get(former);
    if (!old) continue;
    successors.set(old.urn, resource);
    // Ids follow from URNs here; in AWS one that is only renamed keeps its own.
    for (const [key, name] of Object.entries(recorded(resource).known)) {
      const kept = old.known[key];
      if (kept !== undefined && kept !== name) names.set(name, kept);
    }
  }
  return before.flatMap((old): UpgradeFinding[] => {
    if (REPLACEMENTS[old.type]?.stateful !== true) return [];
    const { urn, type } = old;
    const next = successors.get(urn);
    if (!next)
      return [
        {
          urn,
          does: "deletes",
          properties: [],
          message: `${urn}: is asked for no more; give what took its place { aliases: [{ name: ${JSON.stringify(old.name)} }] }, or keep its name and parents`,
        },
      ];
    const inputs = withFormerNames(next.inputs, names) as PlannedResource["inputs"];
    const properties = replacing(type, old.inputs, inputs, isKnown).map(({ path }) => path);
    if (properties.length === 0) return [];
    return [
      {
        urn,
        does: "replaces",
        properties,
        message: `${urn}: is replaced because of ${properties.join(", ")}; keep the old value, and make a new default count for new resources only`,
      },
    ];
  });
}
