import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSystemError } from "../../components/system-error";

const FOLDER = "tickets";

/** Counts things across processes and across runs: each ticket of a name is given once. */
export class Tickets {
  private readonly folder: string;

  constructor(cloudFolder: string) {
    this.folder = join(cloudFolder, FOLDER);
  }

  /** The next number of a name, from 1. */
  take(name: string): number {
    const prefix = createHash("sha256").update(name).digest("hex").slice(0, 24);
    mkdirSync(this.folder, { recursive: true });
    const taken = readdirSync(this.folder).filter((file) => file.startsWith(`${prefix}-`)).length;
    for (let number = taken + 1; ; number++) {
      try {
        // It fails when the file is there, and so decides between two processes that ask at once.
        writeFileSync(join(this.folder, `${prefix}-${number}`), name, { flag: "wx" });
        return number;
      } catch (error) {
        if (!isSystemError(error, "EEXIST")) throw error;
      }
    }
  }
}
