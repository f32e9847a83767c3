import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPath, findEngine } from "../../automation/engine/executable";
import { EngineStack } from "../../automation/engine/stack";
import { rehearsalEnvironment } from "../../automation/rehearse/engine";
import { Workspace } from "../../automation/rehearse/workspace";
import { ROOT } from "../harness";

const MISSING = ["pulumi", "pulumi-language-nodejs"].filter((name) => onPath(name) === undefined);

/** Why a tiny program cannot run here, for the title of its tests; empty when it can. */
export const NO_ENGINE = MISSING.length > 0 ? `, skipped: no Pulumi engine (${MISSING.join(", ")} not on PATH)` : "";

const PROJECT = `name: tiny
runtime:
  name: nodejs
  options:
    typescript: false
    nodeargs: "--stack-trace-limit=0"
main: index.js
`;

/** Passwords one after the other, as many as the environment variable says, of which one is an output. */
const PROGRAM = `const { RandomPassword } = require("@pulumi/random");
const passwords = [];
for (let i = 0; i < Number(process.env.TINY_COUNT ?? 3); i++)
  passwords.push(new RandomPassword("p" + i, { length: Number(process.env.TINY_LENGTH ?? 8) }, { dependsOn: passwords.slice(-1) }));
exports.made = passwords.length;
exports.first = passwords[0]?.result;
`;

/** A project that is up in seconds, because nothing of it is in a cloud: for what is the engine's alone. */
export class Tiny {
  private readonly source = mkdtempSync(join(tmpdir(), "strata-tiny-"));
  readonly workspace: Workspace;

  constructor(stacks: readonly string[] = ["one"], program = PROGRAM) {
    writeFileSync(join(this.source, "Pulumi.yaml"), PROJECT);
    writeFileSync(join(this.source, "package.json"), "{}\n");
    writeFileSync(join(this.source, "index.js"), program);
    for (const stack of stacks) writeFileSync(join(this.source, `Pulumi.${stack}.yaml`), "config: {}\n");
    symlinkSync(join(ROOT, "node_modules"), join(this.source, "node_modules"));
    this.workspace = new Workspace(this.source);
  }

  async open(name = "one", env: Readonly<Record<string, string | undefined>> = {}): Promise<EngineStack> {
    return EngineStack.open(
      {
        engine: await findEngine(),
        folder: this.workspace.project,
        home: this.workspace.home,
        env: { ...rehearsalEnvironment(this.workspace, { checkpoints: true }), ...env },
      },
      name,
    );
  }

  /** Every file of the back end, with what it holds. */
  backEnd(): Record<string, string> {
    return filesIn(this.workspace.state);
  }

  dispose(): void {
    this.workspace.dispose();
    rmSync(this.source, { recursive: true, force: true });
  }
}

/** Files of a folder, with what they hold. */
export function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(folder, file)).isFile());
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(folder, file), "base64")]));
}
