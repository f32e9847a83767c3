import { statSync } from "node:fs";
import { sep } from "node:path";

/** A file's time is that of the last tick of the kernel's clock, which may be so much behind. */
const CLOCK_TICK_MS = 20;
/** Of a module that may have changed while it was loaded. */
const UNSURE = "unsure";

/** What tells one content of a file from the next. */
function identity(path: string, sureBefore = Number.POSITIVE_INFINITY): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return "gone";
  const { dev, ino, size, mtimeMs, ctimeMs } = stat;
  return Math.max(mtimeMs, ctimeMs) > sureBefore ? UNSURE : [dev, ino, size, mtimeMs, ctimeMs].join(" ");
}

/** For each module, those that import it. */
function importers(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const module of Object.values(require.cache)) {
    if (!module) continue;
    for (const { filename } of module.children) found.set(filename, [...(found.get(filename) ?? []), module.filename]);
  }
  return found;
}

/** Takes modules out of Node's memory: whoever requires them next loads them anew. */
function forget(paths: ReadonlySet<string>): void {
  for (const path of paths) delete require.cache[path];
  for (const module of Object.values(require.cache))
    if (module) module.children = module.children.filter(({ filename }) => !paths.has(filename));
}

/**
 * The modules that are loaded from a folder, packages left out. Which of them have changed is asked of the files and not of the events of a watch, of
 * which some are lost and some come late.
 */
export class LoadedModules {
  private readonly identities = new Map<string, string>();
  private loadedAt = Date.now();

  /** @param folder with a module in it that is loaded already as it is now. */
  constructor(private readonly folder: string) {
    this.note();
  }

  /**
   * Forgets the modules whose files have changed since they were loaded, and all that import them, directly or not.
   * @returns how many.
   */
  forgetChanged(): number {
    const changed = [...this.identities].flatMap(([path, before]) => (before === UNSURE || identity(path) !== before ? [path] : []));
    const stale = new Set<string>();
    if (changed.length > 0) {
      const parents = importers();
      const waiting = changed;
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        if (stale.has(path)) continue;
        stale.add(path);
        waiting.push(...(parents.get(path) ?? []));
      }
      forget(stale);
      for (const path of stale) this.identities.delete(path);
    }
    this.loadedAt = Date.now();
    return stale.size;
  }

  /** Notes what has been loaded since. */
  note(): void {
    for (const path of Object.keys(require.cache))
      if (!this.identities.has(path) && this.isOwn(path)) this.identities.set(path, identity(path, this.loadedAt - CLOCK_TICK_MS));
  }

  private isOwn(path: string): boolean {
    return path.startsWith(this.folder + sep) && !path.includes(`${sep}node_modules${sep}`);
  }
}
