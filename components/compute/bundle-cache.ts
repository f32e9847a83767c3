import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { z } from "zod";
import { Folders } from "../../loader/folders";
import { namesIn, settledStamp, stampOf } from "../../loader/stamps";
import { oncePerProgram } from "../once-per-program";
import { FileMemo } from "./file-memo";

/** Where tools keep what they can make again, by custom. */
const FOLDER = resolve(__dirname, "../../node_modules/.cache/strata/bundles");

const DAY_MS = 86_400_000;
/** A bundle that nobody has used for so long is of code or of a checkout that is gone. */
const UNUSED_MS = 30 * DAY_MS;

/** What a bundle was made of and what came out, as it lies in the cache. */
const Entry = z.strictObject({
  /** Stamp of each file that went in, by its path. */
  inputs: z.record(z.string(), z.string()),
  /** What is in their folders and those above: a file that is added may be imported in the place of another. */
  folders: z.record(z.string(), z.strictObject({ stamp: z.string(), names: z.string() })),
  bundle: z.unknown(),
});

/**
 * Keeps bundles between runs: making them is a quarter of a plan. One is taken from the cache only while every file that went into it is as it was, so that it
 * is always what would be made now.
 */
export class BundleCache<T> {
  /**
   * @param root folder of the project.
   * @param options all that decides what is made of the same files: the bundler's version and its options.
   * @param bundle what is kept.
   */
  constructor(
    private readonly root: string,
    private readonly options: string,
    private readonly bundle: z.ZodType<T>,
    private readonly folder = FOLDER,
  ) {}

  /** The bundle of a file; when there is none that may be used, it is made and kept. @param make with the paths of all files that go in, from the root. */
  findOrMake(file: string, make: () => { readonly bundle: T; readonly inputs: readonly string[] }): T {
    const found = this.find(file);
    if (found !== undefined) return found;
    const began = Date.now();
    const { bundle, inputs } = make();
    this.keep(file, inputs, bundle, began);
    return bundle;
  }

  private find(file: string): T | undefined {
    const entry = entries.get(this.path(file));
    if (!entry) return undefined;
    const isSame =
      Object.entries(entry.inputs).every(([path, stamp]) => currentStamp(path) === stamp) &&
      Object.entries(entry.folders).every(([folder, { stamp, names }]) => currentStamp(folder) === stamp || namesIn(folder) === names);
    const bundle = isSame ? this.bundle.safeParse(entry.bundle) : undefined;
    if (bundle?.success) markUsed(this.path(file));
    return bundle?.data;
  }

  /** What somebody was still writing while it was bundled is not kept: nobody knows which of its states went in. */
  private keep(file: string, paths: readonly string[], bundle: T, began: number): void {
    const files = paths.map((path) => resolve(this.root, path));
    const looked = new Folders(resolve(this.root));
    const folders = [...new Set(files.map(dirname).flatMap((folder) => looked.upwards(folder)))];
    // A package says in its package.json which of its files is meant.
    const descriptions = folders.map((folder) => join(folder, "package.json")).filter((path) => stampOf(path) !== undefined);
    const inputs = [...files, ...descriptions].map((path) => [path, settledStamp(path, began)] as const);
    const states = folders.map((folder) => [folder, { stamp: settledStamp(folder, began), names: namesIn(folder) }] as const);
    if (inputs.some(([, stamp]) => stamp === undefined) || states.some(([, { stamp }]) => stamp === undefined)) return;
    const entry = JSON.stringify({ inputs: Object.fromEntries(inputs), folders: Object.fromEntries(states), bundle });
    const draft = join(this.folder, randomUUID());
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(draft, entry);
      // In one step: another plan may read it at the same time.
      renameSync(draft, this.path(file));
      removeUnused(this.folder);
    } catch (error) {
      ignoreUnwritable(error);
    }
  }

  private path(file: string): string {
    const key = createHash("sha256").update([resolve(this.root), file, this.options].join("\n"));
    return join(this.folder, `${key.digest("hex")}.json`);
  }
}

const stampInProgram = oncePerProgram((path) => stampOf(path));

/** Functions share most of their files: a program looks at each once. */
function currentStamp(path: string): string | undefined {
  return runtime.getStackResource() === undefined ? stampOf(path) : stampInProgram(path);
}

/** A cache that cannot be written, as on a read-only disk, only costs time. */
function ignoreUnwritable(error: unknown): void {
  if (!(error instanceof Error && "code" in error)) throw error;
}

/** Once a day is often enough to tell what is used from what is not. */
function markUsed(path: string): void {
  const now = Date.now();
  if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) < DAY_MS) return;
  try {
    utimesSync(path, new Date(now), new Date(now));
  } catch (error) {
    ignoreUnwritable(error);
  }
}

function removeUnused(folder: string): void {
  const oldest = Date.now() - UNUSED_MS;
  for (const path of readdirSync(folder).map((name) => join(folder, name)))
    if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest) rmSync(path, { force: true });
}

/** A file that cannot be read, or is damaged, holds no bundle: it is made again. */
const entries = new FileMemo((path) => {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
  const parsed = Entry.safeParse(jsonOr(text));
  return parsed.success ? parsed.data : undefined;
});

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
