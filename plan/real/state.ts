import { z } from "zod";
import { parseBy, parseText, refused } from "./document";
import { EngineResource, isOwn, optional, realResource, type RealStack, whereOf } from "./resource";

const KIND = { what: "state of a stack", command: "pulumi stack export" };

/**
 * Version 4 is version 3 with a list of features that say which optional properties resources have; none of them changes what is read here.
 * Source: `DeploymentSchemaVersionLatest` and `ApplyFeatures` in pkg/resource/stack/deployment.go of pulumi 3.260 (2026-11-26).
 */
const OLDEST_VERSION = 3;
const LATEST_VERSION = 4;

/** What `pulumi stack export` prints. Source: `apitype.UntypedDeployment` and `DeploymentV3`, as above. */
export const EngineState = z.object({
  deployment: z.object({
    resources: optional(z.array(EngineResource), []),
    pending_operations: optional(z.array(z.object({ type: z.string(), resource: z.object({ urn: z.string() }) })), []),
  }),
});

/**
 * Reads what `pulumi stack export` prints, with or without `--show-secrets`: a secret is dropped whether it is encrypted or not.
 * @param file how the file is named in faults.
 * @throws {ConfigError} when it is something else, a version that nobody here knows, or a state without resources.
 */
export function readState(text: string, file: string): RealStack {
  const value = parseText(text, file, KIND);
  refuseOthers(value, file);
  const { resources, pending_operations: pending } = parseBy(EngineState, value, file, KIND).deployment;
  const own = resources.filter(isOwn);
  const [first] = own;
  if (!first) throw refused(file, "is the state of a stack that has no resources", "export it after pulumi up, or judge its preview");
  return { ...whereOf(first.urn), resources: own.map(realResource), notes: notesOf(pending.length) };
}

function refuseOthers(value: object, file: string): void {
  if ("steps" in value || "changeSummary" in value) throw refused(file, "is a preview", "give it with --preview");
  if ("checkpoint" in value) throw refused(file, "is a checkpoint of a back end", `give what ${KIND.command} prints`);
  const version = "version" in value ? value.version : undefined;
  if (version === undefined && !("deployment" in value)) throw refused(file, `is no ${KIND.what}`, `give what ${KIND.command} prints`);
  if (typeof version !== "number") throw refused(file, "has no version", `give what ${KIND.command} prints`);
  if (version < OLDEST_VERSION) throw refused(file, `is a state of version ${version}`, "export it with a newer pulumi: version 3 is read");
  if (version > LATEST_VERSION) throw refused(file, `is a state of version ${version}`, "versions 3 and 4 are read");
}

function notesOf(pending: number): string[] {
  if (pending === 0) return [];
  return [`An update was killed: ${pending} resources may exist that the state does not show. Run pulumi refresh first.`];
}
