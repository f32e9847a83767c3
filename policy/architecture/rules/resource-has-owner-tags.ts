import { z } from "zod";
import { OWNED_TYPES } from "../../../facts/taggable-types";
import { read, type Reading, readPath, type Resource } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";
import { defaultTags } from "../../lib/tags";

const config = z.strictObject({
  tags: z.array(z.string().min(1)).min(1).default(["owner"]).describe("The tags that everything must have."),
  values: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("What remediation gives a tag that is missing; one without a value here is left to a person."),
});

/** Whether a place has a tag with a value. An empty value says nothing. */
function tagIn(place: Reading, tag: string): Reading["state"] {
  if (place.state !== "known") return place.state;
  const reading = readPath(place.value, `["${tag}"]`);
  return reading.state === "known" && typeof reading.value === "string" && reading.value.trim() === "" ? "absent" : reading.state;
}

/** The tags that a resource has neither of its own nor from its provider, and those of which that can't be told. */
function lacking(resource: Resource, wanted: readonly string[]): { missing: string[]; open: string[] } {
  const { providerInputs } = resource;
  // A provider that nobody shows may have default tags.
  const places = [read(resource, "tags"), providerInputs === undefined ? ({ state: "unknown" } as const) : defaultTags(providerInputs)];
  const states = wanted.map((tag) => ({ tag, found: places.map((place) => tagIn(place, tag)) }));
  const without = states.filter(({ found }) => !found.includes("known"));
  const named = (isOpen: boolean): string[] => without.filter(({ found }) => found.includes("unknown") === isOpen).map(({ tag }) => tag);
  return { missing: named(false), open: named(true) };
}

export const resourceHasOwnerTags = resourceRule({
  id: "resource-has-owner-tags",
  title: "Everything that is paid for says whose it is",
  severity: "low",
  why: "What nobody owns is paid for, patched and alarmed about by nobody, and nobody dares to delete it.",
  fix: "Set the tags on the resource, or once for everything in defaultTags of the provider.",
  links: ["https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"],
  frameworks: [],
  types: OWNED_TYPES,
  readsProvider: true,
  config,
  check: (resource, { tags }): Verdict[] => {
    const { missing, open } = lacking(resource, tags);
    if (missing.length > 0) return [fail(resource.urn, `${resource.name} has no tag ${missing.join(", ")}`, "tags")];
    if (open.length > 0) return [notEvaluated(resource.urn, `whether it has a tag ${open.join(", ")} is not known yet`, "tags")];
    return [pass(resource.urn)];
  },
  remediate: (resource, { tags, values }) => {
    const { missing } = lacking(resource, tags);
    return Object.fromEntries(missing.map((tag) => [`tags["${tag}"]`, values[tag]]));
  },
});
