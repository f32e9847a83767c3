import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { type PlannedResource, type Properties } from "../../plan/graph";

const Recorded = z.strictObject({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  parent: z.string().optional(),
  protect: z.boolean(),
  inputs: z.record(z.string(), z.json()),
  /** What others refer to it by. */
  known: z.record(z.string(), z.string()),
});

/** One resource of a state that was recorded: what an upgrade can replace or delete, and what tells it from others. */
export type RecordedResource = z.infer<typeof Recorded>;

const RecordedState = z.strictObject({
  release: z.string().describe("Version of the package that made it."),
  environment: z.string(),
  resources: z.array(Recorded),
});

/** The state that a release leaves of one environment, without a secret. */
export type RecordedState = z.infer<typeof RecordedState>;

/** Outputs that others refer to a resource by. */
const REFERRED_BY = ["id", "arn", "name"] as const;

/** What is kept of a resource of a plan, or of a real state. */
export function recorded(
  resource: Pick<PlannedResource, "urn" | "type" | "name" | "parent" | "protect" | "inputs"> & {
    readonly outputs?: Properties | undefined;
  },
): RecordedResource {
  const { urn, type, name, parent, protect, inputs, outputs = {} } = resource;
  const known = Object.fromEntries(
    REFERRED_BY.flatMap((key) => {
      const value = outputs[key];
      return typeof value === "string" && value !== "" ? [[key, value]] : [];
    }),
  );
  return { urn, type, name, ...(parent !== undefined && { parent }), protect, inputs, known };
}

/** Writes a state, compressed; the same state gives the same bytes. */
export function writeRecordedState(file: string, state: RecordedState): void {
  writeFileSync(file, gzipSync(JSON.stringify(state), { level: 9 }));
}

/** @throws {z.ZodError} when the file is something else. */
export function readRecordedState(file: string): RecordedState {
  return RecordedState.parse(JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")));
}
