import { PulumiCommand } from "@pulumi/pulumi/automation";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { EngineMissing } from "../errors";

/** The Pulumi engine of this machine. */
export interface FoundEngine {
  readonly command: PulumiCommand;
  /** Path of `pulumi`. */
  readonly path: string;
  readonly version: string;
  readonly from: "PATH" | "cache" | "download";
}

/** First file of a name on PATH that can be run. */
export function onPath(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there or not to be run: the next folder may have it.
  }
}

/**
 * Where engines are kept that were fetched: by the npm package `pulumi` and by the Automation API, which share the folder.
 * Source: `withDefaults` in automation/cmd.js of @pulumi/pulumi 3.248 (2026-11-26).
 */
const CACHE = join(homedir(), ".pulumi", "versions");

/** Folders of the cache that hold an engine, the newest first. */
function cached(cache: string): string[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((version) => isExecutable(join(cache, version, "bin", "pulumi")))
    .sort((left, right) => right.localeCompare(left, "en", { numeric: true }))
    .map((version) => join(cache, version));
}

/** What looks for an engine is told by. */
export interface EngineSearch {
  /** Fetch one when there is none, as `PulumiCommand.install` does: from get.pulumi.com, into the cache. Default: false. */
  readonly install?: boolean;
  /** Default: `~/.pulumi/versions`. */
  readonly cache?: string;
}

const HOW_TO_GET =
  "install it (https://www.pulumi.com/docs/install), or let strata doctor --install fetch it into ~/.pulumi/versions; plan, advise and policy check need none";

/**
 * Looks for the engine on PATH, then in the cache.
 * @throws {EngineMissing} when there is none that runs, or it is of a version that the Automation API does not drive.
 */
export async function findEngine({ install = false, cache = CACHE }: EngineSearch = {}): Promise<FoundEngine> {
  const there = onPath("pulumi");
  if (there !== undefined) return use(await get(there), there, "PATH");
  const [root] = cached(cache);
  if (root !== undefined) return use(await get(root, root), join(root, "bin", "pulumi"), "cache");
  if (!install) throw new EngineMissing(`pulumi: is neither on PATH nor in ${cache}; ${HOW_TO_GET}`);
  return use(await download(), join(CACHE, "bin", "pulumi"), "download");
}

/** @param root folder whose `bin` has the engine. Default: PATH. */
async function get(where: string, root?: string): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get(root === undefined ? {} : { root });
  } catch (error) {
    throw new EngineMissing(`${where}: cannot be used: ${error instanceof Error ? error.message.trim() : String(error)}; ${HOW_TO_GET}`);
  }
}

async function download(): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.install();
  } catch (error) {
    throw new EngineMissing(
      `pulumi: could not be fetched: ${error instanceof Error ? error.message.trim() : String(error)}; ${HOW_TO_GET}`,
    );
  }
}

function use(command: PulumiCommand, path: string, from: FoundEngine["from"]): FoundEngine {
  return { command, path, version: command.version?.toString() ?? "unknown", from };
}
