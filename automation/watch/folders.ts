import { type Dirent, existsSync, type FSWatcher, readdirSync, watch } from "node:fs";
import { dirname, join, sep } from "node:path";
import { UserError } from "../../components/faults";
import { isSystemError } from "../../components/system-error";

/** Folders that hold nothing a plan reads, or what does not change while one works: hidden ones, packages, results of tests. */
function isLeftOut(name: string): boolean {
  return name.startsWith(".") || name === "node_modules" || name === "coverage";
}

/** Files that editors keep beside those they edit. */
function isDraft(name: string): boolean {
  return name.startsWith(".") || name.endsWith("~");
}

/** Folders inside of one; none when it is gone. */
function foldersIn(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isSystemError(error, "ENOENT") || isSystemError(error, "ENOTDIR")) return [];
    throw error;
  }
  return entries.filter((entry) => entry.isDirectory() && !isLeftOut(entry.name)).map(({ name }) => join(folder, name));
}

/** What is done with what a watch sees. */
export interface FolderWatchOptions {
  /** A folder that is not watched though another one that is holds it. */
  readonly leaveOut?: string | undefined;
  /** Called for every change, however many there are. */
  readonly changed: () => void;
  /** Called when a folder cannot be watched any more. */
  readonly failed: (error: Error) => void;
}

/**
 * Says when anything changes in folders and all that is inside of them: one watch of the system a folder. `fs.watch` with `recursive`, as Node 20 has it on
 * Linux, and chokidar 5 take one for each file, packages included unless told: a large catalogue has more of them than Linux allows a user.
 */
export class FolderWatch {
  private readonly watchers = new Map<string, FSWatcher>();

  constructor(
    folders: readonly string[],
    private readonly options: FolderWatchOptions,
  ) {
    for (const folder of folders) {
      if (!existsSync(folder)) throw new UserError(`${folder}: there is no such folder to watch`);
      this.add(folder);
    }
  }

  close(): void {
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private add(folder: string): void {
    if (folder === this.options.leaveOut) return;
    if (!this.watchers.has(folder)) {
      const watcher = this.watch(folder);
      if (!watcher) return;
      this.watchers.set(folder, watcher);
    }
    // Read after the watch is in place: what is made in between is seen either way.
    for (const inner of foldersIn(folder)) this.add(inner);
  }

  /** Nothing where the folder has gone meanwhile. */
  private watch(folder: string): FSWatcher | undefined {
    let watcher: FSWatcher;
    try {
      watcher = watch(folder);
    } catch (error) {
      if (isSystemError(error, "ENOENT")) return undefined;
      if (isSystemError(error, "ENOSPC"))
        throw new UserError(`${folder}: the system watches no more folders; raise fs.inotify.max_user_watches`);
      throw error;
    }
    const { changed, failed } = this.options;
    watcher.on("change", (event, file) => {
      const name = file === null ? null : String(file);
      if (name !== null && isDraft(name)) return;
      try {
        if (event === "rename") this.cameOrWent(folder, name);
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)));
      }
      changed();
    });
    watcher.on("error", (error) => {
      this.drop(folder);
      if (!isSystemError(error, "ENOENT") && !isSystemError(error, "EPERM")) failed(error);
      changed();
    });
    return watcher;
  }

  /** What has a name anew may be a folder; one that took the place of another has not its watch. */
  private cameOrWent(folder: string, name: string | null): void {
    const inner = foldersIn(folder);
    const paths = name === null ? [...inner, ...this.watchers.keys()].filter((path) => dirname(path) === folder) : [join(folder, name)];
    for (const path of new Set(paths)) {
      this.drop(path);
      if (inner.includes(path)) this.add(path);
    }
  }

  /** Ends the watches of a folder and of all inside of it. */
  private drop(folder: string): void {
    for (const [path, watcher] of this.watchers)
      if (path === folder || path.startsWith(folder + sep)) {
        watcher.close();
        this.watchers.delete(path);
      }
  }
}
