import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../components/faults";
import { policyMarkdown } from "../../plan/markdown";
import { checkPolicies, type RealFile } from "../../plan/policy-check";
import { junit } from "../../plan/report/junit";
import { policyText } from "../../plan/report/policy-text";
import { sarif } from "../../plan/report/sarif";

const DEFAULT_WIDTH = 120;
const STDIN = 0;

/** Options of `strata policy check`. */
export interface PolicyCheckOptions {
  readonly state?: string;
  readonly preview?: string;
  readonly env?: string;
  readonly pack: readonly string[];
  readonly config?: string;
  readonly exceptions?: string;
  readonly json: boolean;
  readonly sarif?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly cwd: string;
}

function read(kind: RealFile["kind"], path: string): RealFile {
  if (path === "-") return { kind, text: readFileSync(STDIN, "utf8"), name: "standard input" };
  if (!existsSync(path)) throw new UserError(`--${kind} ${path}: there is no such file`);
  if (!statSync(path).isFile()) throw new UserError(`--${kind} ${path}: is not a file`);
  return { kind, text: readFileSync(path, "utf8"), name: path };
}

function fileOf({ state, preview }: PolicyCheckOptions): RealFile | undefined {
  if (state !== undefined && preview !== undefined) throw new UserError("--state and --preview: give one of them");
  if (state !== undefined) return read("state", state);
  return preview === undefined ? undefined : read("preview", preview);
}

/** Writes where somebody asked for it; a folder that is missing is theirs to make. */
function write(option: string, path: string | undefined, text: () => string): void {
  if (path === undefined) return;
  try {
    writeFileSync(path, text());
  } catch (error) {
    if (error instanceof Error && "code" in error) throw new UserError(`--${option} ${path}: cannot be written: ${error.message}`);
    throw error;
  }
}

/**
 * Judges a real stack, or the plan of an environment, by the packs, and prints the verdict.
 * @returns false when a mandatory policy rule is broken, an exception is expired, or a rule failed itself.
 */
export async function checkPolicy(options: PolicyCheckOptions): Promise<boolean> {
  const { env, pack, config, exceptions, json, cwd } = options;
  const file = fileOf(options);
  const report = await checkPolicies({
    root: resolve(cwd),
    packs: pack,
    today: new Date().toISOString().slice(0, 10),
    ...(file && { file }),
    ...(env !== undefined && { environment: env }),
    ...(config !== undefined && { configFile: config }),
    ...(exceptions !== undefined && { exceptionsFile: exceptions }),
  });
  const { document } = report;
  write("sarif", options.sarif, () => `${JSON.stringify(sarif(report), undefined, 2)}\n`);
  write("junit", options.junit, () => junit(report));
  write("markdown", options.markdown, () => policyMarkdown(document));
  process.stdout.write(
    json ? `${JSON.stringify(document, undefined, 2)}\n` : policyText(report, { width: process.stdout.columns ?? DEFAULT_WIDTH }),
  );
  return document.mayDeploy;
}
