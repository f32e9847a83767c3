import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median } from "./median";

const ROOT = resolve(__dirname, "..");
const STRATA = join(ROOT, "bin/strata.js");
const MS_PER_SECOND = 1000;
/** Turns before anything is measured: a process that has been at it for a while is what one works with. */
const WARM_UP = 5;

/** How long a plan takes to be made again after one kind of edit. */
export interface Replan {
  readonly edit: string;
  /** Median seconds from the edit until the line that says what changed. */
  readonly seconds: number;
}

/** Edits of the three kinds of files; each call makes another one. */
function edits(root: string): Readonly<Record<string, (turn: number) => void>> {
  const change = (file: string, of: RegExp, to: (turn: number) => string) => (turn: number) => {
    const path = join(root, file);
    writeFileSync(path, readFileSync(path, "utf8").replace(of, to(turn)));
  };
  return {
    "a descriptor": change("services/orders/service.yaml", /average: \d+\/s/, (turn) => `average: ${41 + turn}/s`),
    "the stack file": change("Pulumi.dev.yaml", /flowLogDays: \d+/, (turn) => `flowLogDays: ${3 + (turn % 2) * 4}`),
    // What is in it stays as it is: the file is the program's own. It is loaded again all the same.
    "a component": () => utimesSync(join(ROOT, "components/compute/ecs-service.ts"), new Date(), new Date()),
  };
}

/** Lines of a process, one after the other. */
class Lines {
  private text = "";
  private wake: () => void = () => undefined;
  private ended = false;

  constructor(private readonly process: ChildProcess) {
    process.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      this.text += chunk;
      this.wake();
    });
    process.once("close", () => {
      this.ended = true;
      this.wake();
    });
  }

  async until(wanted: RegExp): Promise<void> {
    for (let found = wanted.exec(this.text); ; found = wanted.exec(this.text)) {
      if (found) {
        this.text = this.text.slice(found.index + found[0].length);
        return;
      }
      if (this.ended) throw new Error(`the watch ended with ${this.process.exitCode}`);
      await new Promise<void>((done) => (this.wake = done));
    }
  }
}

/** Seconds of a plan in a new process, with which the others are compared. */
function cold(root: string): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [STRATA, "plan", "dev", "--cwd", root], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`the plan of dev failed:\n${stderr}`);
  return (performance.now() - started) / MS_PER_SECOND;
}

/** Watches dev, edits files of each kind, and measures how soon it says what changed; beside it a plan in a new process. */
export async function replans(runs: number): Promise<{ readonly cold: number; readonly replans: readonly Replan[] }> {
  const root = mkdtempSync(join(tmpdir(), "strata-bench-"));
  for (const part of ["Pulumi.yaml", "Pulumi.dev.yaml", "services", "policy/config", "policy/exceptions.json"])
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  const watching = spawn(process.execPath, ["--stack-trace-limit=0", STRATA, "plan", "dev", "--watch", "--cwd", root], {
    stdio: ["ignore", "pipe", "inherit"],
    // Its lines are read, and CI turns colours on.
    env: { ...process.env, NO_COLOR: "1" },
  });
  try {
    const lines = new Lines(watching);
    await lines.until(/nothing was created\.\n/);
    const found: Replan[] = [];
    for (const [edit, make] of Object.entries(edits(root))) {
      const taken: number[] = [];
      for (let turn = 0; turn < WARM_UP + runs; turn += 1) {
        const started = performance.now();
        make(turn);
        await lines.until(/ in \d.*\n/);
        taken.push((performance.now() - started) / MS_PER_SECOND);
      }
      found.push({ edit, seconds: median(taken.slice(WARM_UP)) });
    }
    return { cold: median(Array.from({ length: Math.min(runs, 3) }, () => cold(root))), replans: found };
  } finally {
    watching.kill("SIGINT");
    rmSync(root, { recursive: true, force: true });
  }
}
