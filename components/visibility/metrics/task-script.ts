import { buildSync, type BuildOptions, version as bundlerVersion } from "esbuild";
import { resolve } from "node:path";
import { z } from "zod";
import { BundleCache } from "../../compute/bundle-cache";
import { oncePerProgram } from "../../once-per-program";

const ROOT = resolve(__dirname, "../../..");
const FILE = "functions/task-metrics/main.ts";
/** A task definition holds 64 KiB, of which the service's own part must stay (Amazon ECS API reference, RegisterTaskDefinition, 2026-11). */
const MOST_BYTES = 16_384;

/**
 * The reader of task metadata as one line of JavaScript, small enough to be passed to `node --eval`: it needs no image of its own, no
 * registry and no download at start.
 * @throws {Error} when it has grown beyond what a task definition can carry beside a service.
 */
export function taskScript(): string {
  return bundled(FILE);
}

const bundled = oncePerProgram((file) => {
  const options = {
    absWorkingDir: ROOT,
    entryPoints: [resolve(ROOT, file)],
    bundle: true,
    platform: "node",
    format: "iife",
    target: "node22",
    minify: true,
    legalComments: "none",
    write: false,
    metafile: true,
    tsconfigRaw: {},
  } as const satisfies BuildOptions;
  const code = new BundleCache(ROOT, JSON.stringify([bundlerVersion, options]), z.string()).findOrMake(file, () => {
    const { outputFiles, metafile } = buildSync(options);
    return { bundle: outputFiles[0]?.text.trim() ?? "", inputs: Object.keys(metafile.inputs) };
  });
  const bytes = Buffer.byteLength(code);
  if (bytes === 0 || bytes > MOST_BYTES) throw new Error(`the reader of task metadata has ${bytes} bytes, not 1 to ${MOST_BYTES}`);
  return code;
});
