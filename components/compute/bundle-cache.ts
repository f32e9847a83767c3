import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { isSystemError } from "../system-error";
import { FileMemo } from "./file-memo";

/** What a bundle was made of and what came out, as it lies in the cache. */
const Entry = z.strictObject({
  /** Hash of each file that went in, by its path from the root of the project. */
  inputs: z.record(z.string(), z.string()),
  /** Hash of the names in each of their folders: a file that is added may be imported in the place of another. */
  folders: z.record(z.string(), z.string()),
  code: z.string(),
  zippedBytes: z.int(),
  parts: z.array(z.strictObject({ file: z.string(), bytes: z.int() })),
});

/** A bundle as it is kept: everything but what the caller knows anyway. */
export type CachedBundle = Omit<z.output<typeof Entry>, "inputs" | "folders">;

/** Where tools keep what they can make again, by custom. */
const FOLDER = resolve(__dirname, "../../node_modules/.cache/strata/bundles");

function hash(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/** What is made of a file or a folder as it is now; nothing when it is gone. */
function unlessGone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** A file's time is that of the last tick of the kernel's clock, which may be so much behind. */
const CLOCK_TICK_MS = 20;

function changedAt(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? Math.max(stat.mtimeMs, stat.ctimeMs) : Number.POSITIVE_INFINITY;
}

const hashes = new FileMemo((path) => unlessGone(() => hash(readFileSync(path))));
const names = new FileMemo((path) => unlessGone(() => hash(readdirSync(path).sort().join("\n"))));

/** Hash of a file's content; nothing when it is gone. */
export function hashOfFile(path: string): string | undefined {
  return hashes.get(path);
}

/**
 * Keeps bundles between runs: making them is a quarter of a plan. One is taken from the cache only while every file that went into it has the
 * content it had, so that it is always what would be made now.
 */
export class BundleCache {
  /**
   * @param root folder of the project.
   * @param options all that decides what is made of the same files: the bundler's version and its options.
   */
  constructor(
    private readonly root: string,
    private readonly options: string,
    private readonly folder = FOLDER,
  ) {}

  find(file: string): CachedBundle | undefined {
    const entry = this.load(file);
    if (!entry) return undefined;
    const { inputs, folders, ...bundle } = entry;
    const same = (before: Readonly<Record<string, string>>, now: FileMemo<string | undefined>): boolean =>
      Object.entries(before).every(([path, hashed]) => now.get(join(this.root, path)) === hashed);
    return same(folders, names) && same(inputs, hashes) ? bundle : undefined;
  }

  /**
   * Keeps a bundle, unless a file was changed while it was made: nobody knows which of its contents went in.
   * @param made.inputs paths of the files that went in, from the root.
   * @param made.readAt when the first of them was read at the earliest, in milliseconds.
   */
  keep(file: string, { inputs, readAt }: { readonly inputs: readonly string[]; readonly readAt: number }, bundle: CachedBundle): void {
    if (inputs.some((path) => changedAt(join(this.root, path)) >= readAt - CLOCK_TICK_MS)) return;
    const all = (paths: readonly string[], now: FileMemo<string | undefined>): Record<string, string> =>
      Object.fromEntries(paths.map((path) => [path, now.get(join(this.root, path)) ?? ""]));
    const folders = [...new Set(inputs.map(dirname))];
    const draft = join(this.folder, randomUUID());
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(
        draft,
        JSON.stringify({ inputs: all(inputs, hashes), folders: all(folders, names), ...bundle } satisfies z.input<typeof Entry>),
      );
      // In one step: another plan may read it at the same time.
      renameSync(draft, this.path(file));
    } catch (error) {
      // A cache that cannot be written, as on a read-only disk, only costs time.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }

  private load(file: string): z.output<typeof Entry> | undefined {
    return entries.get(this.path(file));
  }

  private path(file: string): string {
    return join(this.folder, `${hash([resolve(this.root), file, this.options].join("\n"))}.json`);
  }
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
