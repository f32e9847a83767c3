import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The stack files, and the ledgers of their stores. */
const PROJECT_FILES = /^(Pulumi(\..+)?|stores\..+)\.yaml$/;

/**
 * A folder of its own for the engine to work in. The program, the catalogue and the packages are links to the project's; the stack files and
 * ledgers are copies, because the engine writes into them (a passphrase's salt, for one) and so do rehearsals. Nothing is left in the project.
 */
export class Workspace {
  private readonly folder = mkdtempSync(join(tmpdir(), "strata-rehearse-"));
  /** Folder of `Pulumi.yaml`. */
  readonly project = this.subfolder("project");
  /** Folder of the simulated cloud. */
  readonly cloud = this.subfolder("cloud");
  /** Folder of the stacks' states. */
  readonly state = this.subfolder("state");
  /** The engine's own folder, in place of `~/.pulumi`. */
  readonly home = this.subfolder("home");

  /** @param root folder of the project. */
  constructor(root: string) {
    for (const entry of readdirSync(root)) {
      const [from, to] = [join(root, entry), join(this.project, entry)];
      if (PROJECT_FILES.test(entry)) copyFileSync(from, to);
      else symlinkSync(from, to);
    }
  }

  /** Deletes all of it. */
  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private subfolder(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path);
    return path;
  }
}
