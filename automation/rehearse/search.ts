import { type Json, type Properties } from "../../plan/graph";
import { isRecord } from "../../plan/simulate/shapes";
import { Cloud, type CloudResource } from "./cloud";

const SECONDS_PER_MINUTE = 60;

/** What AWS or a Kubernetes API server tells of something it has. It knows nothing of URNs. */
export interface FoundResource {
  readonly type: string;
  readonly id: string;
  /** URL of the API server, of a Kubernetes object. */
  readonly server?: string;
  /** Physical name, where the type has one. */
  readonly name?: string;
  /** Those that the provider gives everything among them; none where the type takes none. */
  readonly tags: Readonly<Record<string, string>>;
  /** What it is made of, as its service describes it. */
  readonly properties: Properties;
}

/** Which resources a search looks for; what is absent does not matter. */
export interface CloudQuery {
  readonly type?: string;
  readonly name?: string;
  /** Tags that it must have, all of them. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** How a search finds what there is at a moment. */
export interface SearchOptions {
  /** Simulated minute. Default: long after everything. */
  readonly now?: number;
  /** How long after its creation a resource is found. Default: 0. */
  readonly lagSeconds?: number;
}

/** Properties that are the physical name, the most telling first. */
const NAMES = ["name", "bucket", "clusterIdentifier", "identifier", "clusterName", "brokerName", "replicationGroupId", "domainName"];

function nameOf({ outputs }: CloudResource): string | undefined {
  const metadata: Json | undefined = outputs["metadata"];
  const values = [...NAMES.map((key) => outputs[key]), isRecord(metadata) ? metadata["name"] : undefined];
  return values.find((value): value is string => typeof value === "string");
}

function tagsOf({ outputs }: CloudResource): Readonly<Record<string, string>> {
  const tags = outputs["tagsAll"];
  return isRecord(tags)
    ? Object.fromEntries(Object.entries(tags).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])))
    : {};
}

function described(resource: CloudResource): FoundResource {
  const { type, id, server, outputs } = resource;
  const name = nameOf(resource);
  return {
    type,
    id,
    ...(server !== undefined && { server }),
    ...(name !== undefined && { name }),
    tags: tagsOf(resource),
    properties: outputs,
  };
}

/** Looks through the simulated cloud in a folder, by what AWS would know. Changes nothing. */
export function searchCloud(folder: string, query: CloudQuery = {}, options: SearchOptions = {}): FoundResource[] {
  const { now = Number.MAX_VALUE, lagSeconds = 0 } = options;
  const { type, name, tags = {} } = query;
  return new Cloud(folder)
    .list(type === undefined ? undefined : [type])
    .filter(({ made = -Infinity, gone = Infinity }) => made + lagSeconds / SECONDS_PER_MINUTE <= now && gone > now)
    .map(described)
    .filter((found) => name === undefined || found.name === name)
    .filter((found) => Object.entries(tags).every(([key, value]) => found.tags[key] === value));
}
