import * as pulumi from "@pulumi/pulumi";
import { type BuildFailure, type BuildOptions, buildSync, type Message, type Metafile, version as bundlerVersion } from "esbuild";
import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { z } from "zod";
import { LAMBDA_RUNTIMES, type LambdaRuntimeName } from "../../facts/lambda-runtimes";
import { LAMBDA_PACKAGE_LIMITS } from "../../facts/limits-lambda-package";
import { type Fault } from "../faults";
import { oncePerProgram } from "../once-per-program";
import { BundleCache } from "./bundle-cache";

/** A JavaScript runtime that handlers are bundled for. */
export type BundleRuntime = {
  [Name in LambdaRuntimeName]: (typeof LAMBDA_RUNTIMES)[Name] extends { esbuildTarget: string } ? Name : never;
}[LambdaRuntimeName];

/** Part of a bundle, by the file it comes from. */
export interface BundlePart {
  /** Path from the root of the project. */
  readonly file: string;
  /** Bytes it takes in the bundle. */
  readonly bytes: number;
}

/** A handler and everything it imports, as the one file of a function's package. */
export interface Bundle {
  /** JavaScript of the file. The same sources give the same text on every machine. */
  readonly code: string;
  readonly runtime: BundleRuntime;
  /** Bytes of the unpacked package. */
  readonly bytes: number;
  /** Bytes of the package as it is sent, less the few that a .zip file adds. */
  readonly zippedBytes: number;
  /** What it is made of, the largest part first. */
  readonly parts: readonly BundlePart[];
}

const ENTRY = "entry of the bundle";
/** Export that Lambda calls, in every handler file. */
const EXPORT = "handler";
const BUNDLE_FILE = "index.js";
/** `file.export` of a bundle, as Lambda is told. */
export const BUNDLE_HANDLER = `index.${EXPORT}`;

const BYTES_PER_MIB = 1_048_576;
/** A handler may import what the platform itself has installed, wherever the folder of the services is. */
const INSTALLED = resolve(__dirname, "../../node_modules");

/** A bundle as it is kept: everything but what the caller knows anyway. */
const MeasuredBundle = z.strictObject({
  code: z.string(),
  zippedBytes: z.int(),
  parts: z.array(z.strictObject({ file: z.string(), bytes: z.int() })),
});
type MeasuredBundle = z.output<typeof MeasuredBundle>;

/** A bundle, or everything that is wrong with its sources. */
export type BundleResult = { readonly bundle: Bundle; readonly faults: readonly [] } | { readonly faults: readonly Fault[] };

/**
 * Bundles a handler: one minified file without source map, with the AWS SDK in it, so that what was tested is what runs.
 * @param root folder of the project, from which files are named in faults.
 * @param file the handler, from the root: `services/thumbnails/handler.ts`.
 * @param key where the handler is named, such as `services/thumbnails/service.yaml: run.handler`.
 */
export function bundleHandler(root: string, file: string, runtime: BundleRuntime, key: string): BundleResult {
  if (!existsSync(join(root, file))) return { faults: [{ key, what: "names a file that is not there", got: file, right: "add the file" }] };
  const options = optionsFor(root, file, runtime);
  const cache = new BundleCache(root, JSON.stringify([bundlerVersion, options]), MeasuredBundle);
  try {
    const bundle = cache.findOrMake(file, () => {
      const { outputFiles, metafile } = buildSync(options);
      return { bundle: measured(root, outputFiles, metafile, key), inputs: inputsOf(metafile) };
    });
    return checked(bundle, runtime, key);
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { faults: error.errors.map((message) => faultOf(root, file, message)) };
  }
}

const RUNTIME_OF_OWN = "nodejs22.x";

/**
 * Code of a function of the platform itself, bundled once however many functions run it.
 * @param file its entry file, from the root of the project: `functions/log-shipper/handler.ts`.
 */
export const bundleOwn: (file: string) => Bundle = oncePerProgram((file) => {
  const result = bundleHandler(resolve(__dirname, "../.."), file, RUNTIME_OF_OWN, file);
  if (!("bundle" in result)) throw new Error(`${file} does not bundle: ${JSON.stringify(result.faults)}`);
  return result.bundle;
});

/** The bundle as the archive that a function's code is given in. */
export function bundleArchive({ code }: Bundle): pulumi.asset.AssetArchive {
  return new pulumi.asset.AssetArchive({ [BUNDLE_FILE]: new pulumi.asset.StringAsset(code) });
}

type BundleOptions = BuildOptions & { readonly metafile: true; readonly write: false };

function optionsFor(root: string, file: string, runtime: BundleRuntime): BundleOptions {
  const path = resolve(root, file);
  return {
    // Exporting the name from an entry of its own makes esbuild refuse a handler without it, and drop what nothing uses.
    stdin: {
      contents: `export { ${EXPORT} } from ${JSON.stringify(`./${basename(path)}`)};`,
      resolveDir: dirname(path),
      sourcefile: ENTRY,
      loader: "js",
    },
    absWorkingDir: resolve(root),
    nodePaths: [INSTALLED],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: LAMBDA_RUNTIMES[runtime].esbuildTarget,
    // ES modules before CommonJS: only they can be cut down to what is used.
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: false,
    legalComments: "none",
    charset: "utf8",
    tsconfigRaw: {},
    metafile: true,
    write: false,
    logLevel: "silent",
  };
}

/** Files that a bundle was made of, from the root; the entry is no file. */
function inputsOf({ inputs }: Metafile): string[] {
  return Object.keys(inputs).filter((path) => basename(path) !== ENTRY);
}

function measured(root: string, outputFiles: readonly { readonly text: string }[], metafile: Metafile, key: string): MeasuredBundle {
  const [output] = outputFiles;
  if (!output || outputFiles.length > 1) throw new Error(`${key}: esbuild wrote ${outputFiles.length} files, not one`);
  const code = output.text;
  return { code, zippedBytes: deflateRawSync(code).byteLength, parts: partsOf(root, metafile) };
}

function checked({ code, zippedBytes, parts }: MeasuredBundle, runtime: BundleRuntime, key: string): BundleResult {
  const bytes = Buffer.byteLength(code);
  const faults = packageFaults(key, bytes, zippedBytes);
  return faults.length > 0 ? { faults } : { bundle: { code, runtime, bytes, zippedBytes, parts }, faults: [] };
}

function partsOf(root: string, { outputs }: Metafile): BundlePart[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([file, { bytesInOutput }]) => ({ file: relative(root, resolve(root, file)), bytes: bytesInOutput }))
    .sort((one, other) => other.bytes - one.bytes || one.file.localeCompare(other.file));
}

/** What is wrong with a package of this many bytes, unpacked and as .zip file. */
export function packageFaults(key: string, bytes: number, zippedBytes: number): Fault[] {
  return [
    ...tooLarge(key, "unpacked", bytes, LAMBDA_PACKAGE_LIMITS.unzipped.value),
    ...tooLarge(key, "as .zip file", zippedBytes, LAMBDA_PACKAGE_LIMITS.zipped.value),
  ];
}

function tooLarge(key: string, form: string, bytes: number, limit: number): Fault[] {
  return bytes <= limit * BYTES_PER_MIB
    ? []
    : [
        {
          key,
          what: `bundles to more than Lambda takes ${form}`,
          got: `${(bytes / BYTES_PER_MIB).toFixed(1)}MiB`,
          right: `stay under ${limit}MiB, or give an image`,
        },
      ];
}

function faultOf(root: string, file: string, { location, text, notes }: Message): Fault {
  // The entry has one line, and the one thing that can be wrong there is the missing export.
  if (!location || basename(location.file) === ENTRY)
    return { key: file, what: `does not bundle: ${text}`, right: `export a function named ${EXPORT}` };
  const [note] = notes;
  return {
    key: `${relative(root, resolve(root, location.file))}:${location.line}:${location.column + 1}`,
    what: `does not bundle: ${text}`,
    ...(note && { right: note.text }),
  };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}
