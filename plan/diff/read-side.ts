import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { UserError } from "../../components/faults";
import { messageOf } from "../../policy/lib/message";
import { PlanResource } from "../plan-schema";
import { parseBy, parseText } from "../real/document";
import { readState } from "../real/state";
import { type Side } from "./diff";
import { planSide, stateSide } from "./sides";

const run = promisify(execFile);

const KIND = { what: "plan", command: "strata plan --json" };
const LARGEST = 1 << 30;

/** What is read of a plan, so that one of an older version is read too. */
const Plan = z.object({
  environment: z.string(),
  stack: z.string(),
  resources: z.array(PlanResource.loose()),
  cost: z.object({ totals: z.object({ monthlyUsd: z.number() }) }).exactOptional(),
  schedule: z.object({ minutes: z.number() }).exactOptional(),
});

function planIn(text: string, file: string, source: string): Side {
  return planSide(parseBy(Plan, parseText(text, file, KIND), file, KIND), source);
}

function fileSide(path: string): Side {
  const text = readFileSync(path, "utf8");
  return "deployment" in parseText(text, path, KIND) ? stateSide(readState(text, path), path) : planIn(text, path, path);
}

/** What a command that failed said, or else how it failed. */
function wordsOf(error: unknown): string {
  const stderr = typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr).trim() : "";
  return stderr || messageOf(error);
}

/** Where the packages of the platform are installed: a commit is planned with those of today. */
function installed(): string {
  return dirname(dirname(dirname(require.resolve("@pulumi/pulumi/package.json"))));
}

/** Plans an environment as a commit has it, in a folder of its own: what is checked out is not touched. */
async function commitSide(root: string, environment: string, commit: string): Promise<Side> {
  const folder = mkdtempSync(join(tmpdir(), "strata-diff-"));
  try {
    const archive = join(folder, "commit.tar");
    await run("git", ["-C", root, "archive", "--format=tar", `--output=${archive}`, commit]);
    await run("tar", ["-xf", archive, "-C", folder]);
    rmSync(archive);
    symlinkSync(installed(), join(folder, "node_modules"));
    const own = join(folder, "bin", "strata.js");
    const command = existsSync(own) ? own : join(__dirname, "..", "..", "bin", "strata.js");
    return planIn(await planned(command, environment, folder), `plan of ${commit}`, commit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The plan as the commit's own program prints it; a broken policy is no reason not to compare. */
async function planned(command: string, environment: string, folder: string): Promise<string> {
  const args = ["--stack-trace-limit=0", command, "plan", environment, "--json", "--cwd", folder];
  try {
    return (await run(process.execPath, args, { cwd: folder, maxBuffer: LARGEST })).stdout;
  } catch (error) {
    const stdout = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
    if (stdout.trimStart().startsWith("{")) return stdout;
    throw new UserError(`--against: the commit has no plan of ${environment}: ${wordsOf(error).split("\n").join("; ")}`);
  }
}

/**
 * What an environment is compared with: a plan or state in a file, or the plan of a commit.
 * @param against path of a file, else anything that git takes for a commit.
 * @throws {UserError} when it is neither.
 */
export async function readSide(root: string, environment: string, against: string): Promise<Side> {
  if (existsSync(against) && statSync(against).isFile()) return fileSide(against);
  try {
    await run("git", ["-C", root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${against}^{commit}`]);
  } catch {
    throw new UserError(
      `--against ${against}: is neither a file nor a commit; give a plan.json, what pulumi stack export prints, or a git ref`,
    );
  }
  return commitSide(root, environment, against);
}
