import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median } from "./median";

const ROOT = resolve(__dirname, "..");
const PEER = join(__dirname, "peer-cdk");
/** Where the command keeps what it made of its own files. */
const KEPT = join(ROOT, "node_modules", ".cache", "strata");
const CDK = join(PEER, "node_modules", "aws-cdk", "bin", "cdk");
const MS_PER_SECOND = 1000;
const LARGEST_OUTPUT = 1 << 28;

/** One tool that says what a platform will be made of. */
export interface Contestant {
  readonly name: string;
  /** Median seconds of the whole command, in a new process each time. */
  readonly seconds: number;
  readonly resources: number;
  /** Rules that they are held against. */
  readonly rules: number;
}

type Run = Omit<Contestant, "name">;

/** The command in a folder of its own, timed from outside. */
function timed(args: readonly string[], cwd: string, codes: readonly number[], env: NodeJS.ProcessEnv = process.env): number {
  const started = performance.now();
  const { status, stderr, error } = spawnSync(process.execPath, args, { cwd, env, maxBuffer: LARGEST_OUTPUT, encoding: "utf8" });
  const seconds = (performance.now() - started) / MS_PER_SECOND;
  if (error) throw error;
  if (status === null || !codes.includes(status)) throw new Error(`${args.join(" ")} ended with ${status}:\n${stderr}`);
  return seconds;
}

function inFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "strata-bench-"));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `strata plan prod`, with everything that it writes. */
function strata(env?: NodeJS.ProcessEnv): Run {
  return inFolder((folder) => {
    const seconds = timed([join(ROOT, "bin/strata.js"), "plan", "prod", "--out", folder], ROOT, [0], env);
    const plan = JSON.parse(readFileSync(join(folder, "plan.json"), "utf8")) as {
      resources: object[];
      policy: { packs: { rules: number }[] };
    };
    return { seconds, resources: plan.resources.length, rules: plan.policy.packs.reduce((sum, { rules }) => sum + rules, 0) };
  });
}

/** The same as the first command after `npm ci`: nothing is kept, neither by the command nor by what transforms TypeScript, in the folder for temporary files. */
function strataAtFirst(): Run {
  return inFolder((folder) => {
    const aside = `${KEPT}-aside`;
    if (existsSync(KEPT)) renameSync(KEPT, aside);
    try {
      return strata({ ...process.env, TMPDIR: folder });
    } finally {
      rmSync(KEPT, { recursive: true, force: true });
      if (existsSync(aside)) renameSync(aside, KEPT);
    }
  });
}

interface Template {
  readonly Resources?: Readonly<Record<string, object>>;
}

/** `cdk synth` with cdk-nag. It ends with 1 where the rules find something, as they do in a platform that nobody wrote exceptions for. */
function cdk(): Run {
  return inFolder((folder) => {
    const seconds = timed([CDK, "synth", "--quiet", "--output", folder], PEER, [0, 1]);
    const templates = readdirSync(folder).filter((file) => file.endsWith(".template.json"));
    if (templates.length === 0) throw new Error("cdk synth wrote no template");
    const resources = templates
      .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Template)
      .reduce((sum, { Resources = {} }) => sum + Object.keys(Resources).length, 0);
    const rules = readFileSync(join(PEER, "node_modules/cdk-nag/lib/packs/aws-solutions.js"), "utf8").match(/this\.applyRule\(/g) ?? [];
    return { seconds, resources, rules: rules.length };
  });
}

/** Why the peer cannot be run here, or nothing. */
export function whyNoPeer(): string | undefined {
  return existsSync(CDK) ? undefined : "npm ci --prefix bench/peer-cdk installs the peer";
}

/** Our plan and the peer's synthesis, which is the last, by turns, so that what else the machine does meets all of them. */
export function peers(runs: number): readonly Contestant[] {
  const contestants = [
    { name: "strata plan prod", run: strata },
    { name: "strata plan prod, the first time", run: strataAtFirst },
    { name: "cdk synth, cdk-nag", run: cdk },
  ];
  // What is kept of an earlier state of the sources is no measure: whoever plans twice has it anew.
  strata();
  const rounds = Array.from({ length: runs }, () => contestants.map(({ run }) => run()));
  return contestants.map(({ name }, index) => {
    const own = rounds.flatMap((round) => round[index] ?? []);
    const [first] = own;
    if (!first) throw new Error("no run");
    return { ...first, name, seconds: median(own.map(({ seconds }) => seconds)) };
  });
}
