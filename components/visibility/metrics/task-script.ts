import { buildSync } from "esbuild";
import { resolve } from "node:path";
import { hashOfFile } from "../../compute/bundle-cache";

const ROOT = resolve(__dirname, "../../..");
/** A task definition holds 64 KiB, of which the service's own part must stay (Amazon ECS API reference, RegisterTaskDefinition, 2026-11). */
const MOST_BYTES = 16_384;

interface Script {
  readonly code: string;
  /** Hash of each file that went in, by its path. */
  readonly inputs: ReadonlyMap<string, string | undefined>;
}

let bundled: Script | undefined;

/**
 * The reader of task metadata as one line of JavaScript, small enough to be passed to `node --eval`: it needs no image of its own, no
 * registry and no download at start.
 * @throws {Error} when it has grown beyond what a task definition can carry beside a service.
 */
export function taskScript(): string {
  if (!bundled || [...bundled.inputs].some(([path, hash]) => hashOfFile(path) !== hash)) bundled = bundle();
  return bundled.code;
}

function bundle(): Script {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [resolve(ROOT, "functions/task-metrics/main.ts")],
    bundle: true,
    platform: "node",
    format: "iife",
    target: "node22",
    minify: true,
    legalComments: "none",
    write: false,
    metafile: true,
    tsconfigRaw: {},
  });
  const code = outputFiles[0]?.text.trim() ?? "";
  const bytes = Buffer.byteLength(code);
  if (bytes === 0 || bytes > MOST_BYTES) throw new Error(`the reader of task metadata has ${bytes} bytes, not 1 to ${MOST_BYTES}`);
  const paths = Object.keys(metafile.inputs).map((path) => resolve(ROOT, path));
  return { code, inputs: new Map(paths.map((path) => [path, hashOfFile(path)])) };
}
