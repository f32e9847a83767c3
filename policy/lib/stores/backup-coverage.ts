import { BACKUP_TYPES, type BackupKind } from "../../../facts/backup-types";
import type { StackGraph } from "../graph";
import { defaultTags } from "../tags";
import {
  elements,
  every,
  isUnknown,
  not,
  read,
  readAll,
  type Reading,
  readPath,
  some,
  type StackResource,
  text,
  type Tri,
} from "../resource";
import { BUCKETS } from "./buckets";
import { DB_INSTANCE, SERVERLESS_NAMESPACE, TABLE, WAREHOUSE } from "./store-rule";

const SELECTION = "aws:backup/selection:Selection";
const TAG_KEY = "aws:ResourceTag/";

/** What AWS Backup calls a type of resource. */
const KINDS: Readonly<Record<string, BackupKind>> = {
  [TABLE]: "table",
  "aws:rds/cluster:Cluster": "cluster",
  "aws:docdb/cluster:Cluster": "cluster",
  "aws:neptune/cluster:Cluster": "cluster",
  [DB_INSTANCE]: "instance",
  [WAREHOUSE]: "warehouse",
  [SERVERLESS_NAMESPACE]: "serverless-warehouse",
  ...Object.fromEntries(BUCKETS.map((type) => [type, "bucket"])),
};

/** Whether a selection of AWS Backup in the stack takes a resource; undefined when that is not known yet. */
export function isSelectedForBackup(resource: StackResource, graph: StackGraph): Tri {
  return some(graph.ofType(SELECTION).map((selection) => selects(selection, resource, graph)));
}

/**
 * What is assigned must match one of the ARNs, if there are any, none of those left out, each of the conditions, and one of the selection tags.
 * Source: AWS Backup developer guide, "Selecting AWS services to backup" (2026-11).
 */
function selects(selection: StackResource, resource: StackResource, graph: StackGraph): Tri {
  const named = elements(read(selection, "resources"));
  const excluded = elements(read(selection, "notResources"));
  const tags = new Tags(resource, graph);
  return every([
    named.length === 0 ? true : some(named.map((pattern) => matchesArn(pattern, resource))),
    not(some(excluded.map((pattern) => matchesArn(pattern, resource)))),
    conditions(selection, tags),
    selectionTags(selection, tags),
  ]);
}

function matchesArn(pattern: Reading, resource: StackResource): Tri {
  const wanted = text(pattern);
  if (wanted === undefined) return undefined;
  const kind = KINDS[resource.type];
  if (wanted === "*" || (kind !== undefined && wanted === everyOf(kind))) return true;
  const arn = resource.outputs?.["arn"];
  return typeof arn === "string" && !isUnknown(arn) ? like(wanted, arn) : undefined;
}

/** The pattern that stands for every resource of a kind. */
function everyOf(kind: BackupKind): string {
  const { service, resource } = BACKUP_TYPES[kind];
  return kind === "bucket" ? `arn:aws:${service}:::${resource}` : `arn:aws:${service}:*:*:${resource}`;
}

function conditions(selection: StackResource, tags: Tags): Tri {
  if (read(selection, "conditions").state === "unknown") return undefined;
  const all = (operator: string): Reading[] => readAll(selection, `conditions[*].${operator}[*]`);
  return every([
    ...all("stringEquals").map((condition) => tags.match(condition, (value, wanted) => value === wanted)),
    ...all("stringLikes").map((condition) => tags.match(condition, (value, wanted) => like(wanted, value))),
    ...all("stringNotEquals").map((condition) => not(tags.match(condition, (value, wanted) => value === wanted))),
    ...all("stringNotLikes").map((condition) => not(tags.match(condition, (value, wanted) => like(wanted, value)))),
  ]);
}

function selectionTags(selection: StackResource, tags: Tags): Tri {
  const wanted = elements(read(selection, "selectionTags"));
  return wanted.length === 0 ? true : some(wanted.map((tag) => tags.match(tag, (value, other) => value === other)));
}

/** The tags of a resource: its own, and those its provider gives everything. */
class Tags {
  private readonly places: readonly Reading[];

  constructor(resource: StackResource, graph: StackGraph) {
    const provider = graph.providerOf(resource);
    const defaults = provider === undefined ? [] : [defaultTags(provider.inputs)];
    this.places = [read(resource, "tags"), readPath(resource.outputs ?? {}, "tagsAll"), ...defaults];
  }

  /** Whether the tag that a condition names has a value that fits. */
  match(condition: Reading, fits: (value: string, wanted: string) => boolean): Tri {
    if (condition.state !== "known") return undefined;
    const key = text(readPath(condition.value, "key"));
    const wanted = text(readPath(condition.value, "value"));
    if (key === undefined || wanted === undefined) return undefined;
    const name = key.startsWith(TAG_KEY) ? key.slice(TAG_KEY.length) : key;
    const found = this.places.map((place) => (place.state === "known" ? readPath(place.value, `["${name}"]`) : place));
    const known = found.map(text).find((value) => value !== undefined);
    if (known !== undefined) return fits(known, wanted);
    return found.some(({ state }) => state === "unknown") ? undefined : false;
  }
}

/** A pattern of AWS Backup, in which `*` stands for anything. */
function like(pattern: string, value: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${source}$`).test(value);
}
