import { z } from "zod";
import { DATABASE_VERSION_SUPPORT } from "../../../facts/database-version-support";
import { EKS_VERSION_SUPPORT } from "../../../facts/eks-version-support";
import { DAY_CONFIG } from "../../lib/day";
import { EKS_CLUSTER } from "../../lib/network/eks";
import { read, type Reading, type Resource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";
import { DB_INSTANCE } from "../../lib/stores/store-rule";

const DB_CLUSTER = "aws:rds/cluster:Cluster";

/** With this a database is upgraded at the end of standard support, and never charged for more. Source: `engineLifecycleSupport` (2026-11). */
const NO_EXTENDED_SUPPORT = "open-source-rds-extended-support-disabled";

/** What is newer than the newest version we have a day for is in standard support as long as that one is. Left out, a version is the newest default. */
export const versionIsInStandardSupport = resourceRule({
  id: "version-is-in-standard-support",
  title: "No cluster or database runs a version that is in extended support",
  severity: "medium",
  why: "In extended support an EKS cluster costs 0.60 $ an hour in the place of 0.10 $, and a database 0.10 $ and later 0.20 $ more for each vCPU hour, for standing still.",
  fix: "Raise version or engineVersion to one in standard support; a database that may be upgraded by itself sets engineLifecycleSupport to open-source-rds-extended-support-disabled.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-charges.html",
    "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  ],
  frameworks: [],
  types: [EKS_CLUSTER, DB_INSTANCE, DB_CLUSTER],
  config: z.strictObject(DAY_CONFIG),
  check: (resource, { day }) => (resource.type === EKS_CLUSTER ? cluster(resource, day) : database(resource, day)),
});

function cluster(resource: Resource, day: string): Verdict[] {
  const property = "version";
  const reading = read(resource, property);
  if (reading.state !== "known") return [unsaid(resource, reading, property)];
  const version = versionText(reading);
  // Without any support it costs nothing more: AWS upgrades it.
  const over = Object.entries(EKS_VERSION_SUPPORT).filter(([, { extendedEnds }]) => extendedEnds <= day);
  if (over.some(([known]) => known === version)) return [];
  const ends = Object.entries(EKS_VERSION_SUPPORT).map(([known, { standardEnds }]): [string, string] => [known, standardEnds]);
  return [verdict(resource, `Kubernetes ${version}`, version, ends, (end) => end <= day, property)];
}

function database(resource: Resource, day: string): Verdict[] {
  const [engine, version, support] = ["engine", "engineVersion", "engineLifecycleSupport"].map((path) => read(resource, path));
  if (engine === undefined || version === undefined || support === undefined) return [];
  if (engine.state === "unknown") return [notEvaluated(resource.urn, "its engine is not known yet", "engine")];
  const name = text(engine) ?? "";
  const rows = Object.hasOwn(DATABASE_VERSION_SUPPORT, name) ? DATABASE_VERSION_SUPPORT[name] : undefined;
  // A replica has no engine of its own, and other engines have no extended support.
  if (rows === undefined) return [];
  if (text(support) === NO_EXTENDED_SUPPORT) return [pass(resource.urn)];
  if (version.state !== "known") return [unsaid(resource, version, "engineVersion")];
  const asked = versionText(version);
  const ends = Object.entries(rows).map(([known, { standardUntil }]): [string, string] => [known, standardUntil]);
  const found = verdict(resource, `${name} ${asked}`, asked, ends, (end) => end < day, "engineVersion");
  if (found.kind === "fail" && support.state === "unknown")
    return [notEvaluated(resource.urn, "whether it takes extended support is not known yet", "engineLifecycleSupport")];
  return [found];
}

/** A version may be written as a number, such as 1.33. */
function versionText(reading: Reading): string {
  return text(reading) ?? (reading.state === "known" && typeof reading.value === "number" ? String(reading.value) : "");
}

function unsaid({ urn }: Resource, { state }: Reading, property: string): Verdict {
  return state === "absent" ? pass(urn) : notEvaluated(urn, "its version is not known yet", property);
}

/** `ends`: versions with the end of their standard support, the oldest first. */
function verdict(
  { urn, name }: Resource,
  what: string,
  version: string,
  ends: readonly (readonly [string, string])[],
  isOver: (end: string) => boolean,
  property: string,
): Verdict {
  const [first = ["", ""], last = first] = [ends[0], ends.at(-1)];
  const [, own] = ends.find(([known]) => version === known || version.startsWith(`${known}.`)) ?? [];
  if (own !== undefined)
    return isOver(own) ? fail(urn, `${name} runs ${what}, whose standard support ended on ${own}`, property) : pass(urn);
  if (order(version, first[0]) < 0) return fail(urn, `${name} runs ${what}, whose standard support ended long ago`, property);
  if (order(version, last[0]) > 0 && !isOver(last[1])) return pass(urn);
  return notEvaluated(urn, `how long ${what} is in standard support is not known`, property);
}

/** Below 0 where one version is older than the other; NaN, which is neither, for what is no version. */
function order(version: string, other: string): number {
  const [mine, theirs] = [version, other].map((each) => each.split(".").map(Number));
  for (const [index, part] of (theirs ?? []).entries()) {
    const difference = (mine?.[index] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
