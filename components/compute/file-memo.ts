import { statSync } from "node:fs";

/** A file that changed this shortly before it was read may change again without its times telling. */
const SETTLED_NS = 1_000_000_000n;
const NS_PER_MS = 1_000_000n;

interface Known<T> {
  readonly identity: string;
  readonly value: T;
}

/** What is made of files and folders, kept in memory while they stay as they are: a plan that is made again reads none a second time. */
export class FileMemo<T> {
  private readonly known = new Map<string, Known<T>>();

  /** @param make of a file that is there. */
  constructor(private readonly make: (path: string) => T) {}

  /** Nothing where there is no such file. */
  get(path: string): T | undefined {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stat) {
      this.known.delete(path);
      return undefined;
    }
    const { dev, ino, size, mtimeNs, ctimeNs } = stat;
    const identity = [dev, ino, size, mtimeNs, ctimeNs].join(" ");
    const known = this.known.get(path);
    if (known?.identity === identity) return known.value;
    const value = this.make(path);
    // A copy keeps the time at which the content was changed, but not the one at which the file was.
    const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
    if (BigInt(Date.now()) * NS_PER_MS - changed > SETTLED_NS) this.known.set(path, { identity, value });
    else this.known.delete(path);
    return value;
  }
}
