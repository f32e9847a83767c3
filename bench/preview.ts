import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Engine } from "../automation/rehearse/engine";
import { Workspace } from "../automation/rehearse/workspace";
import { median } from "./median";

const ROOT = resolve(__dirname, "..");
const ENVIRONMENT = "dev";
const MS_PER_SECOND = 1000;

/** What the engine's own preview takes of one program. */
export interface Previewed {
  readonly program: string;
  readonly resources: number;
  /** Median seconds of the whole command. */
  readonly seconds: number;
}

/** A program that makes so many topics and nothing else: what the engine, its language host and the SDK take for that many resources in any case. */
function plainProject(topics: number): string {
  const root = mkdtempSync(join(tmpdir(), "strata-bench-"));
  writeFileSync(
    join(root, "Pulumi.yaml"),
    "name: plain\nruntime:\n  name: nodejs\n  options: { typescript: false, nodeargs: --stack-trace-limit=0 }\n",
  );
  writeFileSync(join(root, `Pulumi.${ENVIRONMENT}.yaml`), "config: {}\n");
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "plain", main: "index.js" }));
  writeFileSync(
    join(root, "index.js"),
    `const aws = require("@pulumi/aws");
const provider = new aws.Provider("aws", { region: "us-east-1" });
for (let index = 0; index < ${topics}; index += 1) new aws.sns.Topic("topic-" + index, {}, { provider });
`,
  );
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}

/** A project in a workspace of its own, previewed again and again. */
class Contestant {
  readonly seconds: number[] = [];
  resources = 0;
  private readonly workspace: Workspace;
  private readonly engine: Engine;

  constructor(
    readonly program: string,
    root: string,
  ) {
    this.workspace = new Workspace(root);
    this.engine = new Engine(this.workspace, ENVIRONMENT);
  }

  async start(): Promise<void> {
    const { exitCode, stderr } = await this.engine.initialize();
    if (exitCode !== 0) throw new Error(`${this.program}: pulumi stack init ended with ${String(exitCode)}: ${stderr}`);
  }

  async preview(): Promise<void> {
    const started = performance.now();
    const { exitCode, steps, stdout, stderr } = await this.engine.preview();
    if (exitCode !== 0) throw new Error(`${this.program}: pulumi preview ended with ${String(exitCode)}: ${stderr || stdout}`);
    this.seconds.push((performance.now() - started) / MS_PER_SECOND);
    this.resources = steps.length;
  }

  get result(): Previewed {
    return { program: this.program, resources: this.resources, seconds: median(this.seconds) };
  }

  close(): void {
    this.workspace.dispose();
  }
}

/** The engine's preview of dev over the simulated cloud, and of as many plain resources, by turns. Needs the engine. */
export async function previews(runs: number): Promise<readonly [Previewed, Previewed]> {
  const ours = new Contestant("strata dev", ROOT);
  try {
    await ours.start();
    await ours.preview();
    // The stack and the provider are resources as well.
    const root = plainProject(ours.resources - 2);
    const plain = new Contestant("plain topics", root);
    try {
      await plain.start();
      await plain.preview();
      for (let run = 1; run < runs; run += 1) {
        await ours.preview();
        await plain.preview();
      }
      return [ours.result, plain.result];
    } finally {
      plain.close();
      rmSync(root, { recursive: true, force: true });
    }
  } finally {
    ours.close();
  }
}
