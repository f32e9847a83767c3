import { readFileSync } from "node:fs";
import { type Properties } from "../../plan/graph";
import { isRecord } from "../../plan/simulate/shapes";
import { type Location } from "./location";

const takes = new Map<string, boolean>();

/** Whether resources of a type take tags: its class in @pulumi/aws says so. */
function isTaggable(type: string): boolean {
  const known = takes.get(type);
  if (known !== undefined) return known;
  const [source, file = ""] = type.split(":");
  const answer = source === "aws" && readFileSync(require.resolve(`@pulumi/aws/${file}.js`), "utf8").includes('"tagsAll"');
  takes.set(type, answer);
  return answer;
}

/** The tags that AWS has of a resource, those of its provider among them; undefined for a type that takes none. */
export function tagsOf(type: string, inputs: Properties, { defaultTags }: Location): Properties | undefined {
  if (!isTaggable(type)) return undefined;
  const own = inputs["tags"];
  return { ...defaultTags, ...(isRecord(own) && own) };
}
