import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PlannedResource, type Properties } from "../../plan/graph";
import { type Program, record } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import { ROOT } from "../harness";

/** Folder of the example of a service team's own project. */
export const SERVICE_REPO = join(ROOT, "examples/service-repo");

/** Name by which it refers to the platform. */
export const PLATFORM_STACK = "organization/strata/dev";

/** What the platform's dev environment exports, as it is recorded beside the example. */
export function recordedPlatform(): Properties {
  return JSON.parse(readFileSync(join(SERVICE_REPO, "platform.dev.json"), "utf8")) as Properties;
}

/** Plans a program of the example's folder on a platform with these outputs, offline. */
export function planOn(outputs: Properties, program: Program, root = SERVICE_REPO): Promise<PlannedResource[]> {
  return record(program, { ...readStackFile(SERVICE_REPO, "dev"), root }, { references: { [PLATFORM_STACK]: outputs } });
}
