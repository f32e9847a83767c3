import { type Json, type Properties } from "../../plan/graph";
import { isRecord, text } from "../../plan/simulate/shapes";
import { valueAt } from "../value-at";
import { type StackName } from "./cloud-search";

/** A name and the ARN of the same are the same. */
function isSame(actual: Json | undefined, asked: Json | undefined): boolean {
  if (actual === undefined || asked === undefined) return actual === asked;
  if (Array.isArray(actual) && !Array.isArray(asked)) return actual.some((item) => isSame(item, asked));
  if (typeof actual === "object" || typeof asked === "object") return JSON.stringify(actual) === JSON.stringify(asked);
  const [left, right] = [String(actual), String(asked)];
  return left === right || [":", "/"].some((end) => left.endsWith(`${end}${right}`) || right.endsWith(`${end}${left}`));
}

/** Whether what AWS describes is what was asked for, in the properties that tell. */
export function isAsAsked(actual: Properties, inputs: Properties, properties: Readonly<Record<string, string>>): boolean {
  return Object.entries(properties).every(([property, input]) => isSame(valueAt(actual, property), inputs[input]));
}

/** Tags in what Cloud Control describes: a list of keys and values, or an object. */
function tagsIn({ Tags: tags }: Properties): Properties {
  if (isRecord(tags)) return tags;
  if (!Array.isArray(tags)) return {};
  return Object.fromEntries(
    tags.flatMap((tag) => (isRecord(tag) && typeof tag["Key"] === "string" ? [[tag["Key"], tag["Value"] ?? null]] : [])),
  );
}

/** Whose it is by its tags, when it is not the stack's; nothing when they don't say. */
export function otherOwner(actual: Properties, { project, stack }: StackName): string | undefined {
  const tags = tagsIn(actual);
  const [theirProject, theirStack] = [tags["pulumi:project"], tags["pulumi:stack"]];
  if (theirProject === undefined && theirStack === undefined) return undefined;
  return theirProject === project && theirStack === stack ? undefined : [theirProject, theirStack].map((part) => text(part, "?")).join("/");
}
