import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** A daemon that no package has and that is built once a machine from the Go module proxy, by `npm run build:daemons`. */
export interface BuiltDaemon {
  /** What people call it: `Loki`. */
  readonly name: string;
  /** Name of its folder in the cache. */
  readonly cache: string;
  readonly binaries: readonly string[];
  readonly version: string;
  /** Script that builds it: called with the folder and the version. */
  readonly script: string;
  /** Variable that names a folder with its binaries, in place of the cache. */
  readonly variable: string;
}

/** The folder of a daemon's binaries, or why there is none. */
export type Found = { readonly folder: string } | { readonly missing: string };

function complete(folder: string, { binaries }: BuiltDaemon): boolean {
  return binaries.every((binary) => existsSync(join(folder, binary)));
}

function cached({ cache, version }: BuiltDaemon): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "strata", cache, version);
}

/** Finds a daemon: where its variable says, else in the cache. It never builds one: a test that waits for a build runs into its timeout. */
export function findBuilt(daemon: BuiltDaemon): Found {
  const { name, variable, binaries } = daemon;
  const given = process.env[variable];
  if (given)
    return complete(given, daemon) ? { folder: given } : { missing: `${variable} (${given}) does not hold ${binaries.join(", ")}` };
  const folder = cached(daemon);
  return complete(folder, daemon)
    ? { folder }
    : { missing: `no built ${name} was found; npm run build:daemons builds it once, in a few minutes` };
}

/** Builds a daemon into the cache unless it is there. */
export function build(daemon: BuiltDaemon): Found {
  const found = findBuilt(daemon);
  if ("folder" in found || process.env[daemon.variable]) return found;
  if (spawnSync("go", ["version"]).status !== 0) return { missing: `${daemon.name}: Go is not installed` };
  const folder = cached(daemon);
  const run = spawnSync("bash", [daemon.script, folder, daemon.version], { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  const last = run.stderr.trimEnd().split("\n").at(-1) ?? "";
  return run.status === 0 ? { folder } : { missing: `${daemon.name} could not be built from the Go module proxy: ${last}` };
}
