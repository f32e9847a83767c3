import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");
/** All that a plan loads or reads. */
const PARTS = [
  "automation",
  "bin",
  "components",
  "facts",
  "functions",
  "plan",
  "policy",
  "stacks",
  "loader",
  "index.ts",
  "package.json",
  "tsconfig.json",
];
const SERVICES = ["orders", "sessions", "thumbnails", "variable.ts"];
const ARGS = ["--stack-trace-limit=0", "bin/strata.js", "plan", "dev"];

const STACK = {
  "strata:environment": { durable: false, owner: "platform", costCentre: "platform-dev" },
  "strata:aws": { accountId: "111122223333", region: "us-east-1" },
  "strata:network": { cidr: "10.10.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], nat: "single" },
  "strata:budget": { monthlyUsd: 2_000 },
};

/** A copy of the program with a catalogue of three services, to be edited. */
function copiedProject(): string {
  const root = mkdtempSync(join(tmpdir(), "strata-watch-"));
  for (const part of PARTS) cpSync(join(ROOT, part), join(root, part), { recursive: true });
  for (const service of SERVICES) cpSync(join(ROOT, "services", service), join(root, "services", service), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  cpSync(join(ROOT, "Pulumi.yaml"), join(root, "Pulumi.yaml"));
  writeFileSync(join(root, "Pulumi.dev.yaml"), JSON.stringify({ config: STACK }));
  return root;
}

/** Text is read as a file gets it: without the colours that a terminal or CI turns on. */
const ENV = { ...process.env, NO_COLOR: "1" };

/** Output of a process as it comes, of which parts are taken. */
class Stream {
  private text = "";
  private wake: () => void = () => undefined;

  constructor(process: ChildProcess, name: "stdout" | "stderr") {
    process[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      this.text += chunk;
      this.wake();
    });
  }

  /** Waits for something, and takes all up to its end. */
  async take(wanted: RegExp): Promise<string> {
    for (;;) {
      const found = wanted.exec(this.text);
      if (found) {
        const end = found.index + found[0].length;
        const taken = this.text.slice(0, end);
        this.text = this.text.slice(end);
        return taken;
      }
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** A command that watches, and how it ended. */
class Watching {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly exit: Promise<number | null>;

  constructor(
    cwd: string,
    args: readonly string[],
    private readonly process = spawn(globalThis.process.execPath, [...ARGS, "--watch", ...args], { cwd, env: ENV }),
  ) {
    this.stdout = new Stream(this.process, "stdout");
    this.stderr = new Stream(this.process, "stderr");
    this.exit = new Promise((done) => this.process.once("close", (code) => done(code)));
  }

  interrupt(): void {
    this.process.kill("SIGINT");
  }

  async plan(): Promise<unknown> {
    return JSON.parse(await this.stdout.take(/^.*\n/)) as unknown;
  }
}

/** What a new process says of the project as it is now. */
async function fresh(cwd: string): Promise<{ readonly plan: unknown; readonly stderr: string; readonly code: number | null }> {
  const child = spawn(process.execPath, [...ARGS, "--json"], { cwd, env: ENV });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const code = await new Promise<number | null>((done) => child.once("close", done));
  return { plan: stdout === "" ? undefined : (JSON.parse(stdout) as unknown), stderr, code };
}

describe("strata plan --watch", function () {
  this.timeout(300_000);
  let root: string;
  let watching: Watching;
  let last: unknown;

  /** Changes a file the way editors do: the new one takes the place of the old one. */
  function edit(file: string, change: (text: string) => string): void {
    const path = join(root, file);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    assert.notEqual(after, before, `nothing of ${file} was changed`);
    const draft = `${path}~`;
    writeFileSync(draft, after);
    renameSync(draft, path);
  }

  /** The next plan is that of a new process, and not the one before. */
  async function plansAsAnew(): Promise<void> {
    const plan = await watching.plan();
    assert.notDeepEqual(plan, last);
    assert.deepEqual(plan, (await fresh(root)).plan);
    last = plan;
  }

  /** The next thing said is what a new process says is wrong. */
  async function failsAsAnew(expected: RegExp): Promise<void> {
    const { stderr, code } = await fresh(root);
    assert.match(stderr, expected);
    assert.equal(code, 1);
    assert.equal((await watching.stderr.take(expected)).trim(), stderr.trim());
  }

  before(async () => {
    root = copiedProject();
    watching = new Watching(root, ["--json"]);
    await watching.stderr.take(/Ctrl-C ends it\n/);
  });
  after(() => {
    watching.interrupt();
    rmSync(root, { recursive: true, force: true });
  });

  it("begins with the plan as it is", plansAsAnew);

  it("plans anew after an edit of the stack file", async () => {
    writeFileSync(
      join(root, "Pulumi.dev.yaml"),
      JSON.stringify({ config: { ...STACK, "strata:network": { ...STACK["strata:network"], nat: "per-az" } } }),
    );
    await plansAsAnew();
  });

  it("plans anew after an edit of a descriptor", async () => {
    edit("services/orders/service.yaml", (text) => text.replace("average: 40/s", "average: 90/s").replace("orders.v1", "orders.v2"));
    await plansAsAnew();
  });

  it("plans anew after an edit of a component, and of what it is priced by", async () => {
    edit("components/persistence/layer-key.ts", (text) => text.replace("enableKeyRotation: true", "enableKeyRotation: false"));
    await plansAsAnew();
    edit("plan/cost/money.ts", (text) => text.replace(/\breturn /, "return 2 * "));
    await plansAsAnew();
  });

  it("plans anew after an edit of a handler, and of code of the platform's own functions", async () => {
    appendFileSync(join(root, "services/thumbnails/handler.ts"), '\nconsole.log("edited");\n');
    await plansAsAnew();
    edit("functions/database-users/handler.ts", (text) => `${text}\nconsole.log("edited");\n`);
    await plansAsAnew();
  });

  it("says what is wrong as a plan does, also with code, and goes on when it is mended", async () => {
    edit("services/orders/service.yaml", (text) => text.replace("port: 8080", "port: 808080"));
    await failsAsAnew(/run\.port.*\n/);
    edit("services/orders/service.yaml", (text) => text.replace("port: 808080", "port: 8081"));
    await plansAsAnew();
    edit("components/persistence/layer-key.ts", (text) => text.replace("enableKeyRotation: false", "enableKeyRotation: = true"));
    assert.match(await watching.stderr.take(/layer-key\.ts.*\n/), /Transform failed|Unexpected/);
    edit("components/persistence/layer-key.ts", (text) => text.replace("enableKeyRotation: = true", "enableKeyRotation: true"));
    await plansAsAnew();
  });

  it("sees that a file is gone, and that a service is", async () => {
    rmSync(join(root, "services/thumbnails/handler.ts"));
    await failsAsAnew(/names a file that is not there.*\n/);
    rmSync(join(root, "services/thumbnails"), { recursive: true });
    await plansAsAnew();
  });

  it("sees a service that is added in a folder of its own, and edits in it", async () => {
    cpSync(join(ROOT, "services/thumbnails"), join(root, "services/thumbnails"), { recursive: true });
    const wanted = (await fresh(root)).plan;
    // What is seen while the folder is being copied is wrong, or not all of it.
    do last = await watching.plan();
    while (JSON.stringify(last) !== JSON.stringify(wanted));
    edit("services/thumbnails/service.yaml", (text) => text.replace("memory: 1GiB", "memory: 2GiB"));
    await plansAsAnew();
  });

  it("ends with the plan of the last of several quick edits", async () => {
    for (let average = 100; average < 120; average += 1)
      edit("services/orders/service.yaml", (text) => text.replace(/average: \d+\/s/, `average: ${average}/s`));
    edit("services/sessions/service.yaml", (text) => text.replace("average: 120/s", "average: 121/s"));
    edit("components/persistence/layer-key.ts", (text) => text.replace("enableKeyRotation: true", "enableKeyRotation: false"));
    const wanted = (await fresh(root)).plan;
    do last = await watching.plan();
    while (JSON.stringify(last) !== JSON.stringify(wanted));
  });

  it("says on one line what changed, and ends with 0 on Ctrl-C", async () => {
    const told = new Watching(root, []);
    await told.stdout.take(/nothing was created\.\n/);
    await told.stderr.take(/Ctrl-C ends it\n/);
    edit("services/sessions/service.yaml", (text) => text.replace("access: write", "access: read"));
    const line = await told.stdout.take(/ in \d.*\n/);
    assert.match(line, /^\d\d:\d\d:\d\d in \d+\.\d\d s {2}0 added, 0 removed, \d+ changed, 0 renamed, \d+ the same: .*sessions/);
    told.interrupt();
    assert.equal(await told.exit, 0);
  });
});
